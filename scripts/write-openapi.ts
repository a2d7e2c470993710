import { writeFile } from 'node:fs/promises';
import { currentDocument, SNAPSHOT } from './check/openapi.ts';

await writeFile(SNAPSHOT, currentDocument());
