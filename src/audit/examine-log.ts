import { checkChain, checkSeals } from './check-chain.ts';
import { compareRows, type Entry } from './compare-rows.ts';
import { type Fault, faultOf, summarize } from './faults.ts';
import { type Evidence, type Selection, type Signed, selectStatements } from './select-statements.ts';
import { type Digested, type Walked, walkRows } from './walk-rows.ts';

/** Above every id that SQLite can give. */
const EVERY_ID = 2 ** 63;

export type Examination = {
  faults: Fault[];
  /** The last of the rows looked at that a signed seal covers; 0 when there is none. */
  verifiedThrough: number;
  /** Where to go on; null at the end of the log. */
  nextFrom: number | null;
  rowsChecked: number;
  sealsChecked: number;
  /** Of the rows looked at, those that no signed seal covers yet. */
  unsealedRows: number;
  /** The keys that signed the seals looked at. */
  publicKeys: string[];
};

/**
 * Compares the audit log with its signed seals, from a row on: at most some 20,000 rows and 500 seals, and as many rows
 * again behind the last seal. Each row must hash as its seal says, the seals must be signed and follow each other, and
 * the database must hold the same seals.
 */
export async function examineLog(evidence: Evidence, { from }: { from: number }): Promise<Examination> {
  const stored = await evidence.seals({ from, to: EVERY_ID });
  const selection = await selectStatements(evidence, from);
  const { previous, chosen, next } = selection;
  const first = Math.min(from, chosen[0]?.firstId ?? from);
  const sealedTo = chosen.at(-1)?.lastId ?? previous?.lastId ?? 0;
  const to = next ? sealedTo : EVERY_ID;
  const before = stored?.filter(({ firstId }) => firstId <= to);
  const pending = before?.find(({ firstId }) => firstId > sealedTo);
  const ranges = chosen.flatMap(digested);
  const all = pending ? [...ranges, pending] : ranges;
  const walked = await walkRows(evidence, { from: first, sealedTo, toTheEnd: !next, ranges: all });

  const chainFaults = checkChain(selection, first);
  const after = await evidence.seals({ from: first, to: sealedTo });
  const sealFaults = before && after ? checkSeals({ chosen, before, after, pending }) : [];
  if (pending && !walked.left && !walked.good.has(pending)) sealFaults.push(faultOf('seal_changed', pending));
  const rowFaults = findRowFaults({ walked, selection, chainFaults, first, to });
  const unlike = findUnlike({ ranges, walked, rowFaults });
  return {
    faults: summarize([...chainFaults, ...sealFaults, ...ownFaults(walked, rowFaults), ...rowFaults, ...unlike]),
    verifiedThrough: sealedTo,
    nextFrom: next ? sealedTo + 1 : walked.left,
    rowsChecked: walked.checked,
    sealsChecked: chosen.length,
    unsealedRows: walked.unsealed,
    publicKeys: [...new Set(chosen.flatMap(({ statement }) => statement?.public_key ?? []))],
  };
}

function digested({ firstId, lastId, statement }: Signed): Digested[] {
  if (!statement) return [];
  return [{ firstId, lastId, previousDigest: statement.previous_digest, digest: statement.digest }];
}

type Compared = { walked: Walked; selection: Selection; chainFaults: Fault[]; first: number; to: number };

/** What differs between the rows and their sealed hashes. The neighbours help to know moved rows; they are not judged. */
function findRowFaults({ walked, selection, chainFaults, first, to }: Compared): Fault[] {
  const { previous, chosen, next } = selection;
  const statements = [previous, ...chosen, next].filter((signed) => signed !== undefined);
  const faults = compareRows({
    sealed: statements.flatMap(entriesOf),
    found: walked.found,
    sealedTo: statements.at(-1)?.lastId ?? 0,
    unknown: [
      ...statements.filter(({ statement }) => !statement),
      ...chainFaults.filter(({ kind }) => kind === 'statement_missing'),
    ],
  });
  return faults.filter(({ firstId }) => (first === 1 || firstId >= first) && firstId <= to);
}

function entriesOf({ firstId, statement }: Signed): Entry[] {
  return statement?.rows.map((hash, index) => ({ id: firstId + index, hash })) ?? [];
}

/** What is wrong with rows for themselves. Next to a row that does not belong there, an odd date says nothing more. */
function ownFaults({ faults }: Walked, rowFaults: Fault[]): Fault[] {
  const named = new Set(rowFaults.map(({ firstId }) => firstId));
  return faults.filter(({ kind, firstId }) => kind !== 'backdated' || !(named.has(firstId) || named.has(firstId - 1)));
}

type Judged = { ranges: Digested[]; walked: Walked; rowFaults: Fault[] };

/** Ranges whose digest differs though each of their rows hashes as sealed. */
function findUnlike({ ranges, walked, rowFaults }: Judged): Fault[] {
  return ranges
    .filter((range) => !walked.good.has(range))
    .filter(({ firstId, lastId }) => !rowFaults.some((fault) => firstId <= fault.firstId && fault.firstId <= lastId))
    .map((range) => faultOf('changed', range));
}
