import { parseArgs } from 'node:util';
import { type Examination, examineLog } from '../src/audit/examine-log.ts';
import { FAULTS, type Fault } from '../src/audit/faults.ts';
import type { Evidence } from '../src/audit/select-statements.ts';
import { type Log, loadExport, openDatabase, rowsOf, sealsOf } from './audit/read-log.ts';
import { type FoundSeal, readSeals } from './audit/read-seals.ts';

const HELP = `npm run audit:verify -- --rows FILE --seals PATH [--public-key KEY]

Verifies the audit log without the server: every signature, the chain of seals, and the hash of every row. Prints each
fault with its row; ends with 1 when the log is broken, with 2 when it cannot be examined.

  --rows FILE        an unfiltered NDJSON export: /api/v1/auditlogs/export
  --database FILE    instead of --rows: the SQLite file of a local instance, or of \`wrangler d1 export\` once loaded
  --seals PATH       the signed seals: a folder of those in R2 under audit/seals, or the file /api/v1/auditlogs/seals.
                     Fetch them before the rows: rows that are sealed but not in the export count as removed.
  --public-key KEY   the key that must have signed; may be given more than once. Keep it where the server cannot change
                     it: without it a log that somebody sealed anew with another key passes.`;

const { values } = parseArgs({
  options: {
    rows: { type: 'string' },
    database: { type: 'string' },
    seals: { type: 'string' },
    'public-key': { type: 'string', multiple: true },
    help: { type: 'boolean', default: false },
  },
});

async function main(sealsPath: string): Promise<void> {
  const log = values.rows ? await loadExport(values.rows) : openDatabase(values.database ?? '');
  const { seals, complaints } = await readSeals(sealsPath);
  const evidence = evidenceOf(log, seals);
  const told = [...log.complaints, ...complaints];
  const total = { rows: 0, seals: 0, unsealed: 0, verifiedThrough: 0, keys: new Set<string>() };
  for (let from: number | null = 1; from !== null; ) {
    const found: Examination = await examineLog(evidence, { from });
    told.push(...found.faults.map(describe));
    total.rows += found.rowsChecked;
    total.seals += found.sealsChecked;
    total.unsealed += found.unsealedRows;
    total.verifiedThrough = found.verifiedThrough;
    for (const key of found.publicKeys) total.keys.add(key);
    from = found.nextFrom;
  }
  for (const line of told) console.log(line);
  console.log(
    `${total.rows} rows and ${total.seals} seals examined; sealed through row ${total.verifiedThrough}, ${total.unsealed} not sealed yet.`,
  );
  if (total.keys.size > 0) console.log(`Signed by ${[...total.keys].join(', ')}.`);
  console.log(told.length === 0 ? 'The audit log is whole.' : `The audit log is BROKEN: ${told.length} faults.`);
  process.exitCode = told.length === 0 ? 0 : 1;
}

function evidenceOf(log: Log, seals: FoundSeal[]): Evidence {
  const keys = values['public-key'];
  const texts = new Map(seals.map((seal) => [`${seal.firstId}-${seal.lastId}`, seal.text]));
  return {
    rows: (range) => rowsOf(log, range),
    ranges: async function* (from) {
      const first = seals.findIndex(({ lastId }) => lastId >= from);
      yield* seals.slice(Math.max(0, (first === -1 ? seals.length : first) - 1));
    },
    statement: async ({ firstId, lastId }) => texts.get(`${firstId}-${lastId}`) ?? null,
    seals: (range) => (log.hasSeals ? Promise.resolve(sealsOf(log, range)) : null),
    trusts: (publicKey) => !keys || keys.includes(publicKey),
  };
}

function describe({ kind, firstId, lastId, sealedAs }: Fault): string {
  const rows = firstId === lastId ? `row ${firstId}` : `rows ${firstId} to ${lastId}`;
  const before = sealedAs === undefined ? '' : ` (${sealedAs})`;
  return `${kind}: ${rows}: ${FAULTS[kind]}${before}`;
}

if (values.help) console.log(HELP);
else if (!values.seals || !values.rows === !values.database) {
  console.error(HELP);
  process.exitCode = 2;
} else {
  await main(values.seals).catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 2;
  });
}
