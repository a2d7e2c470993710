import type { Entry } from './compare-rows.ts';
import { rangeDigest, rowHash, type StoredRow } from './digest.ts';
import { type Fault, rowFault } from './faults.ts';
import { type Evidence, MAX_ROWS } from './select-statements.ts';
import type { Range } from './statement-key.ts';

/** Rows that are read on either side of those examined, to know again what was moved across the border. */
const MARGIN = 1_000;

/** How far the clocks of two isolates may differ, generously: ids follow time, and a row is dated when it is written. */
const CLOCK_STEP_MS = 3_600_000;

/** A range with the digest that it was sealed with. */
export type Digested = Range & { previousDigest: string; digest: string };

type Walk = {
  from: number;
  /** The last row that is sealed, or the last row to examine where more seals follow. */
  sealedTo: number;
  toTheEnd: boolean;
  /** In order. */
  ranges: Digested[];
};

export type Walked = {
  found: Entry[];
  /** Ranges whose rows give the digest they were sealed with. */
  good: Set<Range>;
  /** What is wrong with rows for themselves: their dates, and gaps behind the last seal. */
  faults: Fault[];
  checked: number;
  unsealed: number;
  /** The first row that was left for the next examination. */
  left: number | null;
};

/** Reads and hashes the rows of an examination, once, in order. */
export async function walkRows(evidence: Evidence, walk: Walk): Promise<Walked> {
  const walked: Walked = { found: [], good: new Set(), faults: [], checked: 0, unsealed: 0, left: null };
  const digests = followRanges(walk.ranges, walked.good);
  const after = walk.from === 1 ? -(2 ** 63) : walk.from - 1 - MARGIN;
  const to = walk.toTheEnd ? 2 ** 63 : walk.sealedTo + MARGIN;
  let previous: StoredRow | undefined;
  for await (const row of evidence.rows({ after, to })) {
    const examined = (row.id >= walk.from || walk.from === 1) && (walk.toTheEnd || row.id <= walk.sealedTo);
    if (examined && walked.unsealed === MAX_ROWS) {
      walked.left = row.id;
      break;
    }
    walked.found.push({ id: row.id, hash: digests(row) });
    if (examined) examineRow(walked, { row, previous, walk });
    previous = row;
  }
  return walked;
}

type Step = { row: StoredRow; previous: StoredRow | undefined; walk: Walk };

function examineRow(walked: Walked, { row, previous, walk }: Step): void {
  walked.checked += 1;
  if (previous && row.timestamp < previous.timestamp - CLOCK_STEP_MS) walked.faults.push(rowFault('backdated', row.id));
  if (row.id <= walk.sealedTo) return;
  walked.unsealed += 1;
  const expected = Math.max(walk.sealedTo, walk.from - 1, previous?.id ?? 0) + 1;
  if (row.id > expected) walked.faults.push({ kind: 'removed', firstId: expected, lastId: row.id - 1 });
}

/** Answers each row's hash and feeds the range that it lies in; a range whose digest comes out right joins `good`. */
function followRanges(ranges: Digested[], good: Set<Range>): (row: StoredRow) => string {
  let at = 0;
  let running: ReturnType<typeof rangeDigest> | undefined;
  return (row) => {
    while ((ranges[at]?.lastId ?? Number.POSITIVE_INFINITY) < row.id) {
      at += 1;
      running = undefined;
    }
    const range = ranges[at];
    if (!range || row.id < range.firstId) return rowHash(row);
    running ??= rangeDigest(range.previousDigest);
    const hash = running.add(row);
    if (row.id === range.lastId && running.digest() === range.digest) good.add(range);
    return hash;
  };
}
