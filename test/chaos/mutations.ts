import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

// `node test/chaos/mutations.ts` shows that the suite can fail: on a copy of the project it takes away one thing after
// another that a promise rests on, and runs the suite. Ends with 1 when it did not notice. An argument
// chooses: `node test/chaos/mutations.ts replay`.

type Edit = { file: string; from: string | RegExp; to: string };
type Mutation = { name: string; edits: Edit[] };

const INGEST = 'src/events/ingest-events.ts';

const MUTATIONS: Mutation[] = [
  { name: 'as it is', edits: [] },
  {
    name: 'without the sweep',
    edits: [{ file: 'src/jobs/run-job.ts', from: /(: \{\s*)sweepPending,/, to: '$1' }],
  },
  {
    name: 'without the idempotent insert of events',
    edits: [{ file: INGEST, from: 'ON CONFLICT DO NOTHING', to: '' }],
  },
  {
    name: 'without the unique keys of events',
    edits: [
      {
        file: 'migrations',
        from: /CREATE UNIQUE INDEX (`events_(?:external_id|idempotency_key)`)/g,
        to: 'CREATE INDEX $1',
      },
    ],
  },
  {
    name: 'without the replay check',
    edits: [
      {
        file: 'src/events/post-event.ts',
        from: /const first = await findFirst\(.*\);/,
        to: 'throw new UnavailableError();',
      },
    ],
  },
  {
    name: 'without the idempotent insert of alerts',
    edits: [
      // The only guard: an event owes its alert while it is pending, and is marked in the batch that raises it.
      { file: 'src/events/mark-alerted.ts', from: ", eq(events.alertState, 'pending')", to: '' },
      // What is read before only spares the batch.
      { file: 'src/events/select-owed.ts', from: ", eq(alertState, 'pending')", to: '' },
    ],
  },
];

const COPIED = ['src', 'test', 'scripts', 'migrations', 'dist', 'package.json', 'wrangler.toml', 'tsconfig.json'];

const only = process.argv[2] ?? '';
let unnoticed = 0;
for (const { name, edits } of MUTATIONS.filter((mutation) => mutation.name.includes(only))) {
  const copy = await copyProject();
  try {
    for (const edit of edits) await apply(copy, edit);
    const { code, output } = await runSuite(copy);
    const isExpected = edits.length === 0 ? code === 0 : code === 1;
    if (!isExpected) unnoticed += 1;
    console.log(`\n${name}: the suite ends with ${code}${isExpected ? '' : ', WHICH IS WRONG'}\n${output}`);
  } finally {
    await rm(copy, { recursive: true });
  }
}
process.exitCode = unnoticed === 0 ? 0 : 1;

async function copyProject(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'edgewatch-mutation-'));
  for (const name of COPIED) await cp(name, join(copy, name), { recursive: true });
  await symlink(resolve('node_modules'), join(copy, 'node_modules'));
  return copy;
}

async function apply(copy: string, { file, from, to }: Edit): Promise<void> {
  const files = file === 'migrations' ? (await readdir(file)).filter((name) => name.endsWith('.sql')) : [''];
  let changed = 0;
  for (const name of files) {
    const path = join(copy, file, name);
    const text = await readFile(path, 'utf8');
    const mutated = text.replace(from, to);
    if (mutated !== text) changed += 1;
    await writeFile(path, mutated);
  }
  if (changed === 0) throw new Error(`${file} no longer holds ${from}: bring this mutation up to date`);
}

/** A short run; what it says after its rounds. */
function runSuite(copy: string): Promise<{ code: number; output: string }> {
  const args = ['test/chaos/run.ts', '--events', '1000', '--kills', '5'];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: copy, timeout: 300_000 }, (error, stdout, stderr) => {
      const code = error ? Number(error.code ?? 2) : 0;
      resolve({ code, output: (stdout.slice(stdout.indexOf('What is left')) || stdout) + stderr });
    });
  });
}
