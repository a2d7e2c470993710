import { isDeepStrictEqual } from 'node:util';
import type { Operation } from './operations.ts';
import type { Side } from './side.ts';

/** Two sides that do the same work give the same answers while their databases are equal; throws when they do not. */
export async function requireSameAnswers(sides: [Side, Side], operations: Operation[], rows: number): Promise<void> {
  // Those that only read go first: what they read would depend on when the alerts of the others are raised.
  const inOrder = operations.toSorted((a, b) => a.events - b.events);
  for (const { name, asking } of inOrder) {
    const [one, other] = await Promise.all(sides.map((side) => answerOf(side, asking, rows)));
    if (!isDeepStrictEqual(one, other)) {
      throw new Error(`${sides[0].name} and ${sides[1].name} answer ${name} differently`);
    }
  }
}

async function answerOf({ client, dialect }: Side, asking: Operation['asking'], rows: number): Promise<unknown> {
  const next = asking(dialect, rows);
  if (!next) return undefined;
  const { status, text } = await client.get(next());
  return { status, ...withoutTimestamp(JSON.parse(text)) };
}

/** The time at which an event was posted differs. */
function withoutTimestamp({ timestamp: _, ...rest }: Record<string, unknown>) {
  return rest;
}
