import type { StoredRow } from './digest.ts';
import { isSigned, type Statement, statementSchema } from './statement.ts';
import type { Range } from './statement-key.ts';
import type { auditSeals } from './table.ts';

export type Seal = Omit<typeof auditSeals.$inferSelect, 'id'>;

/** What an examination reads: the Worker from D1 and R2, the offline verifier from files. */
export type Evidence = {
  /** Rows in id order with `after < id <= to`. */
  rows: (range: { after: number; to: number }) => AsyncIterable<StoredRow>;
  /** Ranges of the signed statements in order: from at least one before this id, if there is one. */
  ranges: (from: number) => AsyncIterable<Range>;
  statement: (range: Range) => Promise<string | null>;
  /** The seals that the database holds of the rows from an id on; null where there is no database. */
  seals: (range: { from: number; to: number }) => Promise<Seal[]> | null;
  /** Whether seals of this public key count. */
  trusts: (publicKey: string) => boolean;
};

/** A signed statement; nothing but its name when it cannot be trusted. */
export type Signed = Range & { statement: Statement | null };

/** The statements of one examination, and those around it, which tell where moved rows came from. */
export type Selection = { previous: Signed | undefined; chosen: Signed[]; next: Signed | undefined };

export const MAX_ROWS = 20_000;
const MAX_STATEMENTS = 500;
const AT_ONCE = 20;

/** The statements of the rows from this id on: of at most about 20,000 rows, and at most 500. */
export async function selectStatements(evidence: Evidence, from: number): Promise<Selection> {
  let previous: Range | undefined;
  let next: Range | undefined;
  let rows = 0;
  const chosen: Range[] = [];
  for await (const range of evidence.ranges(from)) {
    if (range.lastId < from) previous = range;
    else if (rows < MAX_ROWS && chosen.length < MAX_STATEMENTS) {
      chosen.push(range);
      rows += range.lastId - range.firstId + 1;
    } else {
      next = range;
      break;
    }
  }
  const read: Signed[] = [];
  for (let at = 0; at < chosen.length; at += AT_ONCE) {
    read.push(...(await Promise.all(chosen.slice(at, at + AT_ONCE).map((range) => readSigned(evidence, range)))));
  }
  return {
    previous: previous && (await readSigned(evidence, previous)),
    chosen: read,
    next: next && (await readSigned(evidence, next)),
  };
}

async function readSigned(evidence: Evidence, range: Range): Promise<Signed> {
  const { success, data } = statementSchema.safeParse(parsed(await evidence.statement(range)));
  const { firstId, lastId } = range;
  if (!success || data.first_id !== firstId || data.last_id !== lastId) return { ...range, statement: null };
  const good = evidence.trusts(data.public_key) && (await isSigned(data));
  return { ...range, statement: good ? data : null };
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}
