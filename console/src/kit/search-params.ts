type Raw = Record<string, unknown>;

/**
 * Readers for `validateSearch`. An address may be old, cut short or made up: what does not fit is left out, and the page
 * is shown all the same.
 */
export function textParam(raw: Raw, name: string): string | undefined {
  const value = raw[name];
  // A text of digits comes as a number.
  return typeof value === 'string' || typeof value === 'number' ? String(value) || undefined : undefined;
}

export function idParam(raw: Raw, name: string): number | undefined {
  const value = Number(raw[name]);
  return Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

export function timeParam(raw: Raw, name: string): string | undefined {
  const text = textParam(raw, name);
  return text && !Number.isNaN(Date.parse(text)) ? text : undefined;
}

/** Choices of a closed list: `critical,-low`. Words that the list does not have are dropped. */
export function choicesParam(
  raw: Raw,
  { name, values }: { name: string; values: readonly string[] },
): string | undefined {
  const parts = textParam(raw, name)?.split(',') ?? [];
  return parts.filter((part) => values.includes(part.replace(/^-/, ''))).join(',') || undefined;
}
