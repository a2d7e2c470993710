import { GENESIS } from './digest.ts';
import { type Fault, faultOf } from './faults.ts';
import type { Seal, Selection, Signed } from './select-statements.ts';

/** Whether each signed statement is good and continues the one before it. */
export function checkChain({ previous, chosen }: Selection, from: number): Fault[] {
  const faults: Fault[] = [];
  // Behind an unreadable statement, and where the first one is not at hand, the digest to continue is not known.
  let lastId = previous?.lastId ?? from - 1;
  let digest = previous ? previous.statement?.digest : from === 1 ? GENESIS : undefined;
  for (const signed of chosen) {
    const { firstId, statement } = signed;
    const continued = statement !== null && (digest === undefined || statement.previous_digest === digest);
    if (!statement) faults.push(faultOf('signature', signed));
    if (firstId > lastId + 1) {
      const gap = { firstId: lastId + 1, lastId: firstId - 1 };
      faults.push(faultOf(continued && digest !== undefined ? 'removed' : 'statement_missing', gap));
    } else if (firstId <= lastId || (statement && !continued)) faults.push(faultOf('chain', signed));
    lastId = signed.lastId;
    digest = statement?.digest;
  }
  return faults;
}

type Seals = {
  chosen: Signed[];
  /** The database's seals, read before the statements were listed, and after. */
  before: Seal[];
  after: Seal[];
  pending: Seal | undefined;
};

/**
 * Whether the seals in the database are those that were signed. A seal is stored first and signed then: so each
 * statement must have its seal afterwards, and each seal of before its statement. Only the newest may wait for it.
 */
export function checkSeals({ chosen, before, after, pending }: Seals): Fault[] {
  const stored = new Map(after.map((seal) => [seal.firstId, seal]));
  const signed = new Set(chosen.map(({ firstId }) => firstId));
  const differing = chosen.flatMap((statement): Fault[] => {
    const seal = stored.get(statement.firstId);
    if (!seal) return [faultOf('seal_missing', statement)];
    return statement.statement && !agrees(seal, statement) ? [faultOf('seal_changed', statement)] : [];
  });
  const unsigned = before.filter((seal) => !signed.has(seal.firstId) && seal !== pending);
  return [...differing, ...unsigned.map((seal) => faultOf('statement_missing', seal))];
}

function agrees(seal: Seal, { lastId, statement }: Signed): boolean {
  return (
    seal.lastId === lastId &&
    seal.digest === statement?.digest &&
    seal.previousDigest === statement.previous_digest &&
    // A time that was tampered with need not be one.
    seal.sealedAt.getTime() === Date.parse(statement.sealed_at)
  );
}
