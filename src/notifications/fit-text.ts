type Fit = {
  /** How long the text may be, as it is written after escaping. */
  max: number;
  /** What a character is written as. */
  writtenAs?: (character: string) => string;
};

/** Escapes a text and shortens it to so many UTF-16 units: no character is cut in two, and neither is its escape. */
export function fitText(text: string, { max, writtenAs = (character) => character }: Fit): string {
  const written = Array.from(text.toWellFormed(), writtenAs);
  const whole = written.join('');
  if (whole.length <= max) return whole;
  let fitting = '';
  for (const part of written) {
    if (fitting.length + part.length >= max) break;
    fitting += part;
  }
  return `${fitting}…`;
}
