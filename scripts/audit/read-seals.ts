import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Range, rangeOfKey } from '../../src/audit/statement-key.ts';

/** A signed seal as it was found: the rows that it says it covers, and its text. */
export type FoundSeal = Range & { text: string };

/**
 * The signed seals, in order of their rows: from a folder with a JSON file each, as R2 holds them, or from the file that
 * `/auditlogs/seals` answers, with one a line. What cannot be read at all is told in `complaints`.
 */
export async function readSeals(path: string): Promise<{ seals: FoundSeal[]; complaints: string[] }> {
  const texts = (await stat(path)).isDirectory() ? await readFolder(path) : await readLines(path);
  const seals: FoundSeal[] = [];
  const complaints: string[] = [];
  for (const { name, text } of texts) {
    const range = rangeOfKey(name) ?? rangeOfText(text);
    if (range) seals.push({ ...range, text });
    else complaints.push(`${name} is not a seal`);
  }
  return { seals: seals.sort((a, b) => a.firstId - b.firstId || a.lastId - b.lastId), complaints };
}

async function readFolder(folder: string) {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.json'));
  return Promise.all(names.map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })));
}

async function readLines(file: string) {
  const lines = (await readFile(file, 'utf8')).split('\n').filter(Boolean);
  return lines.map((text, index) => ({ name: `line ${index + 1} of ${file}`, text }));
}

function rangeOfText(text: string): Range | null {
  try {
    const { first_id: firstId, last_id: lastId } = JSON.parse(text);
    return Number.isSafeInteger(firstId) && Number.isSafeInteger(lastId) ? { firstId, lastId } : null;
  } catch {
    return null;
  }
}
