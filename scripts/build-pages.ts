import { cp, rm } from 'node:fs/promises';
import './build-assets.ts';

const PAGES = 'dist/pages';

// The assets of the Worker, policy of the pages included, and what only Pages asks for.
await rm(PAGES, { recursive: true, force: true });
await cp('dist/assets', PAGES, { recursive: true });
await cp('pages/public', PAGES, { recursive: true });
