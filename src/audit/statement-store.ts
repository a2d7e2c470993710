import type { Context } from '../core/context.ts';
import type { Statement } from './statement.ts';
import { keyBefore, type Range, rangeOfKey, STATEMENTS, statementKey } from './statement-key.ts';

type Store = Pick<Context, 'evidence'>;

/** The ranges of the statements that start at `firstId` or later, in order; one request to R2 per thousand. */
export async function* statementRanges({ evidence }: Store, firstId: number): AsyncGenerator<Range> {
  let startAfter = keyBefore(firstId);
  for (let truncated = true; truncated; ) {
    const page = await evidence.list({ prefix: STATEMENTS, startAfter });
    for (const { key } of page.objects) {
      const range = rangeOfKey(key);
      if (range) yield range;
    }
    startAfter = page.objects.at(-1)?.key ?? startAfter;
    truncated = page.truncated;
  }
}

/** The text of a statement as it is kept; null when there is none. */
export async function readStatement({ evidence }: Store, range: Range): Promise<string | null> {
  const object = await evidence.get(statementKey(range));
  return object ? object.text() : null;
}

/** Writes a statement unless one of this range exists: what was signed once is never overwritten. */
export async function writeStatement({ evidence }: Store, statement: Statement): Promise<void> {
  const key = statementKey({ firstId: statement.first_id, lastId: statement.last_id });
  await evidence.put(key, JSON.stringify(statement), {
    onlyIf: new Headers({ 'If-None-Match': '*' }),
    httpMetadata: { contentType: 'application/json' },
  });
}
