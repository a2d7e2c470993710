import { z } from '@hono/zod-openapi';

/**
 * One of these values, in any case and in any of the given spellings (keys in lower case).
 * `oneOf(['open', 'acknowledged'], { ack: 'acknowledged' })` accepts `OPEN`, `Acknowledged` and `ACK`.
 */
export function oneOf<const Values extends readonly [string, ...string[]]>(
  values: Values,
  spellings: Record<string, Values[number]> = {},
) {
  const spelled = new Map(Object.entries(spellings));
  return z
    .string()
    .transform((text) => spelled.get(text.toLowerCase()) ?? text.toLowerCase())
    .pipe(z.enum(values))
    .openapi({ type: 'string', enum: [...values] });
}

/** Yes or no in a query, as text. */
export const flag = oneOf(['true', 'false']).transform((text) => text === 'true');

/** A comma-separated list in a query: one to a hundred items, the most that D1 can bind. */
export function listOf<Item extends z.ZodType<unknown, string>>(item: Item, { example }: { example: string }) {
  return z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(item).min(1).max(100, 'must have at most 100 items'))
    .openapi({ type: 'string', description: `One value, or up to 100 separated by commas: \`${example}\`.` });
}

/** The same for values that are left out; what has no value stays. */
export function noneOf<Item extends z.ZodType<unknown, string>>(item: Item, { example }: { example: string }) {
  const description = `Only what is none of these, up to 100 separated by commas: \`${example}\`.`;
  return listOf(item, { example }).optional().openapi({ description });
}

// Control characters and lone surrogates do not survive storage as text unchanged.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to refuse
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** Free text of at most `max` characters; line breaks and tabs allowed. */
export function text(max: number) {
  return z
    .string()
    .max(max)
    .refine((value) => value.isWellFormed() && !CONTROL.test(value), 'must not hold control characters');
}

/** One line of 1 to `max` characters, trimmed. */
export function line(max: number) {
  return text(max)
    .trim()
    .min(1)
    .refine((value) => !/[\n\r\t]/.test(value), 'must be one line');
}

/** 1 to 64 of `a-z 0-9 . _ @ -`, in lower case: usernames differ by more than case. */
export const username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9._@-]{1,64}$/, 'must be 1 to 64 letters, digits or any of . _ @ -');

export const email = z.email().max(254);

/** A time on output: RFC 3339, UTC, milliseconds. */
export const rfc3339 = z.iso.datetime({ precision: 3 }).openapi({ example: '2026-11-21T09:30:00.000Z' });

/** A time on input: RFC 3339 with any offset. */
export const timeInput = z.iso
  .datetime({ offset: true, error: 'must be an RFC 3339 time such as 2026-11-21T09:30:00Z' })
  .transform((value) => new Date(value))
  .refine((time) => /^\d{4}-/.test(time.toISOString()), 'must lie within the years 0 to 9999 in UTC')
  .openapi({ type: 'string', format: 'date-time', description: 'RFC 3339, any offset.' });

const positive = /^[1-9]\d{0,15}$/;

/** A positive whole number written as text, as paths, queries and cursors carry it. */
export const wholeNumber = z.string().regex(positive, 'must be a positive whole number').transform(Number);

export const id = wholeNumber.openapi({ type: 'integer', minimum: 1 });

export const idParams = z.strictObject({
  id: id.openapi({ example: 1, description: 'The id, as the answers give it.' }),
});
