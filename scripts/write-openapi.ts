import { writeFile } from 'node:fs/promises';
import { currentDocument, SNAPSHOT } from './check/openapi.ts';

await writeFile(SNAPSHOT, currentDocument());
// The Worker answers it as an asset.
await import('./build-assets.ts');
