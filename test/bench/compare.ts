import { measureDelays, measureWindow, type Patience, type Window } from './measure.ts';
import type { Operation } from './operations.ts';
import { median, type Result } from './results.ts';
import type { Side } from './side.ts';

const WARM_UP_MS = 1_500;
const ALONE_MS = 2_000;

type Comparing = {
  operation: Operation;
  sides: Side[];
  rows: number;
  pairs: number;
  seconds: number;
  connections: number;
  patience: Patience;
};

/**
 * Measures an operation on every side that has it, in rounds: product and floor in each, in turn which is first; the
 * peers, which differ by more than a round can hide, in every other.
 */
export async function compare(comparing: Comparing): Promise<Result> {
  const { operation, sides, rows, pairs, seconds, connections, patience } = comparing;
  const works = sides.flatMap((side) => {
    const next = operation.asking(side.dialect, rows);
    return next ? [{ operation, side, next, windows: new Map<number, Window>() }] : [];
  });
  for (const work of works) {
    await measureWindow(work, { connections, ms: WARM_UP_MS, patience: { ms: 0 } });
  }
  for (let round = 0; round < pairs; round += 1) {
    const turn = works.filter(({ side }) => side.dialect === 'edgewatch' || round % 2 === 0);
    for (const work of round % 2 ? turn.reverse() : turn) {
      work.windows.set(round, await measureWindow(work, { connections, ms: seconds * 1000, patience }));
      process.stdout.write('.');
    }
  }
  const result: Result = { operation: operation.name, events: operation.events, sides: new Map() };
  for (const { windows, ...work } of works) {
    const perSecond = median([...windows.values()].map((window) => window.perSecond));
    const delays = await measureDelays(work, { perSecond, ms: ALONE_MS });
    result.sides.set(work.side.name, { windows, ...delays });
  }
  return result;
}
