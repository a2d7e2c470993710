import { cp, mkdir, rm } from 'node:fs/promises';

const ASSETS = 'dist/assets';

await rm(ASSETS, { recursive: true, force: true });
await mkdir(ASSETS, { recursive: true });
await cp('public', ASSETS, { recursive: true });
