import type { Range } from './statement-key.ts';

/** What may be wrong with the audit log, and the sentence that says it. */
export const FAULTS = {
  changed: 'does not hold what was sealed under this id',
  removed: 'is missing, or else the row behind it was inserted under too high an id',
  inserted: 'was not there when the rows around it were sealed',
  reordered: 'was sealed under another id, see sealed_as',
  backdated: 'is dated more than an hour before the row before it',
  seal_missing: 'was sealed, and the database no longer holds the seal',
  seal_changed: 'has a seal in the database that differs from what was signed, or from its rows',
  statement_missing: 'has no signed seal though its neighbours do',
  chain: 'has a signed seal that does not continue the one before',
  signature: 'has a seal that cannot be read, or whose signature is not good, or is of a key that is not trusted',
} as const;

export const FAULT_KINDS = Object.keys(FAULTS) as [FaultKind, ...FaultKind[]];

export type FaultKind = keyof typeof FAULTS;

/** A fault of the rows from `firstId` to `lastId`. `sealedAs` is the id under which the first of them was sealed. */
export type Fault = { kind: FaultKind; firstId: number; lastId: number; sealedAs?: number };

export function rowFault(kind: FaultKind, id: number): Fault {
  return { kind, firstId: id, lastId: id };
}

export function faultOf(kind: FaultKind, { firstId, lastId }: Range): Fault {
  return { kind, firstId, lastId };
}

/** The faults in order of their rows, each once, with neighbours of one kind told as one. */
export function summarize(faults: Fault[]): Fault[] {
  const summary: Fault[] = [];
  const told = new Set<string>();
  // By the fault that each of them would go on with.
  const open = new Map<string, Fault>();
  for (const fault of faults.toSorted(inOrder)) {
    const { kind, firstId, lastId, sealedAs } = fault;
    const sort = `${kind} ${sealedAs === undefined ? 0 : sealedAs - firstId}`;
    if (told.has(`${sort} ${firstId} ${lastId}`)) continue;
    told.add(`${sort} ${firstId} ${lastId}`);
    const before = open.get(`${sort} ${firstId}`);
    const whole = before ?? { ...fault };
    whole.lastId = lastId;
    open.set(`${sort} ${lastId + 1}`, whole);
    if (!before) summary.push(whole);
  }
  return summary;
}

function inOrder(a: Fault, b: Fault): number {
  return a.firstId - b.firstId || FAULT_KINDS.indexOf(a.kind) - FAULT_KINDS.indexOf(b.kind);
}
