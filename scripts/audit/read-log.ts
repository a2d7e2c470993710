import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import type { StoredRow } from '../../src/audit/digest.ts';
import { rowOfLine } from '../../src/audit/export-line.ts';
import type { Seal } from '../../src/audit/select-statements.ts';

const COLUMNS = 'id, timestamp, actor, action, target, "before", "after", ip, request_id';

/** An audit log in a SQLite database, and what was wrong with the way it came. */
export type Log = { database: DatabaseSync; complaints: string[]; hasSeals: boolean };

/** Opens a database file of Edgewatch, for reading only. */
export function openDatabase(file: string): Log {
  const database = new DatabaseSync(file, { readOnly: true });
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE name IN ('audit_rows', 'audit_seals')").all();
  if (tables.length < 2) throw new Error(`${file} is not a database of Edgewatch.`);
  return { database, complaints: [], hasSeals: true };
}

/** Loads an export into a temporary database on disk, so that the log may be larger than memory. */
export async function loadExport(file: string): Promise<Log> {
  const database = new DatabaseSync('');
  database.exec(`CREATE TABLE audit_rows (${COLUMNS}); CREATE INDEX by_id ON audit_rows (id); BEGIN`);
  const insert = database.prepare(`INSERT INTO audit_rows (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const complaints: string[] = [];
  let number = 0;
  let last = Number.NEGATIVE_INFINITY;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    const row = rowOrNull(line);
    if (!row) {
      complaints.push(`line ${number} is not a row of an export`);
      continue;
    }
    if (row.id <= last) complaints.push(`reordered: row ${row.id} stands in line ${number}, behind row ${last}`);
    last = row.id;
    const { id, timestamp, actor, action, target, before, after, ip, requestId } = row;
    insert.run(id, timestamp, actor, action, target, before, after, ip, requestId);
  }
  database.exec('COMMIT');
  return { database, complaints, hasSeals: false };
}

function rowOrNull(line: string): StoredRow | null {
  try {
    return rowOfLine(line);
  } catch {
    return null;
  }
}

/** The rows with `after < id <= to`, in id order. */
export async function* rowsOf({ database }: Log, { after, to }: { after: number; to: number }) {
  const select = database.prepare(`SELECT ${COLUMNS} FROM audit_rows WHERE id > ? AND id <= ? ORDER BY id, rowid`);
  select.setReadBigInts(true);
  for (const row of select.iterate(after, to)) yield storedRow(row);
}

type Cells = ReturnType<ReturnType<DatabaseSync['prepare']>['all']>[number];

function storedRow({ request_id: requestId, ...row }: Cells): StoredRow {
  const { id, timestamp } = row;
  // What else a tampered row may hold is hashed as it is.
  return {
    ...row,
    requestId,
    id: Number(id),
    timestamp: typeof timestamp === 'bigint' ? Number(timestamp) : timestamp,
  } as StoredRow;
}

/** The seals that the database holds of rows in this range. */
export function sealsOf({ database }: Log, { from, to }: { from: number; to: number }): Seal[] {
  const select = database.prepare('SELECT * FROM audit_seals WHERE first_id BETWEEN ? AND ? ORDER BY first_id');
  return select.all(from, to).map((seal) => ({
    firstId: Number(seal.first_id),
    lastId: Number(seal.last_id),
    previousDigest: String(seal.previous_digest),
    digest: String(seal.digest),
    sealedAt: new Date(Number(seal.sealed_at)),
  }));
}
