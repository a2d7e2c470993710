const MAX_CHARACTERS = 200;

// Control characters, line separators, and the marks that make `gpj.exe` read as `exe.jpg`.
const INVISIBLE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/**
 * The name of an uploaded file, made safe to show and to save under: the last segment of a path, without control
 * characters and leading dots, of at most 200 characters with its extension. A name of which nothing is left becomes
 * `evidence`.
 */
export function safeFilename(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const clean = last.toWellFormed().replace(INVISIBLE, '').normalize('NFC').trim();
  return shortened(clean.replace(/^[.\s]+/, '')) || 'evidence';
}

function shortened(name: string): string {
  const characters = [...name];
  if (characters.length <= MAX_CHARACTERS) return name;
  const extension = name.match(/\.[^.\s]{1,20}$/)?.[0] ?? '';
  return characters.slice(0, MAX_CHARACTERS - [...extension].length).join('') + extension;
}
