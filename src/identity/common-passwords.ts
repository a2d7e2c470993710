import type { Assets } from '../core/context.ts';

/** The host is of no account: an asset is found by its path. */
const LIST = 'https://assets.example/common-passwords.txt';

let known: ReadonlySet<string> | undefined;

/**
 * Whether this is one of the 3,000 commonest passwords of eight characters or more: the ones that the shortest allowed
 * length lets through (OWASP ASVS 5.0, 6.2.4). They are an asset, since they would be a twentieth of the Worker and few
 * requests set a password. Throws when they cannot be read. Taken from the frequency list of zxcvbn-ts (language-common
 * 4.1.3, MIT).
 */
export async function isCommonPassword(assets: Assets, password: string): Promise<boolean> {
  known ??= await readList(assets);
  return known.has(password.toLowerCase());
}

async function readList(assets: Assets): Promise<ReadonlySet<string>> {
  const response = await assets.fetch(LIST);
  if (!response.ok) throw new Error(`the list of common passwords was answered with ${response.status}`);
  return new Set((await response.text()).trimEnd().split('\n'));
}
