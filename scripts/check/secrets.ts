import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** What a secret looks like: our own keys and tokens with real randomness, private keys, and cloud credentials. */
const PATTERNS = [
  /\bew[sir]_[A-Za-z0-9_-]{43}\b/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\beyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}\b/,
  /\bMC4CAQAwBQYDK2Vw[A-Za-z0-9+/=]{40,}/,
  /\bAKIA[0-9A-Z]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{36}\b/,
];

/** Fails when a file that git knows holds something that looks like a secret. Names the file, never the text. */
export async function scanForSecrets(): Promise<void> {
  const { stdout } = await promisify(execFile)('git', ['ls-files', '-z']);
  const files = stdout.split('\0').filter(Boolean);
  const found: string[] = [];
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch(() => '');
    if (PATTERNS.some((pattern) => pattern.test(text))) found.push(file);
  }
  if (found.length > 0) throw new Error(`These files seem to hold a secret: ${found.join(', ')}`);
}
