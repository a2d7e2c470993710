import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { unstable_getMiniflareWorkerOptions as optionsOf } from 'wrangler';
import { ALERT_QUEUE, DEAD_LETTER_QUEUE } from '../../src/queue/messages.ts';
import { migrations, PERSON } from '../bench/fill.ts';
import type { Serving } from './instance.ts';

// Run by `Instance`, in a process group of its own: the Worker under the Miniflare API, with its state on disk.
const { script, state, bindings, isNew }: Serving = JSON.parse(process.argv[2] ?? '{}');

const { workerOptions } = optionsOf('wrangler.toml');
const consumers = workerOptions.queueConsumers as Record<string, object>;

const miniflare = new Miniflare(
  convertV4MiniflareOptions({
    host: '127.0.0.1',
    port: 0,
    cf: false,
    resourcePersistencePath: state,
    unsafeTriggerHandlers: true,
    workers: [
      {
        ...workerOptions,
        modulesRules: undefined,
        assets: undefined,
        cronTriggers: undefined,
        name: 'edgewatch',
        rootPath: dirname(script),
        modules: [{ type: 'ESModule', path: basename(script), contents: readFileSync(script, 'utf8') }],
        bindings: Object.assign({}, workerOptions.bindings, bindings),
        queueProducers: Object.assign({ DEAD_LETTERS: { queueName: DEAD_LETTER_QUEUE } }, workerOptions.queueProducers),
        queueConsumers: {
          // One retry instead of five, so that messages do end as dead letters while somebody watches.
          [ALERT_QUEUE]: { ...consumers[ALERT_QUEUE], maxRetries: 1 },
          [DEAD_LETTER_QUEUE]: { ...consumers[DEAD_LETTER_QUEUE], maxBatchTimeout: 1 },
        },
      },
    ],
  }),
);

process.once('disconnect', () => process.exit(1));
process.once('message', async () => {
  await miniflare.dispose();
  process.exit(0);
});

if (isNew) await prepare((await miniflare.getD1Database('DB')) as unknown as D1Database);
process.send?.({ url: (await miniflare.ready).origin });

/** Tables, and an admin with a session. */
async function prepare(db: D1Database): Promise<void> {
  for (const statement of await migrations()) await db.prepare(statement).run();
  const { sub, username, role, sid } = PERSON;
  const now = Date.now();
  await db.batch([
    db
      .prepare('INSERT INTO users (id, username, password_hash, role, created_at) VALUES (?, ?, ?, ?, ?)')
      .bind(sub, username, 'none', role, now),
    db
      .prepare(
        `INSERT INTO sessions (id, user_id, family_hash, secret_hash, created_at, refreshed_at, expires_at)
         VALUES (?, ?, 'none', 'none', ?, ?, ?)`,
      )
      .bind(sid, sub, now, now, now + 86_400_000),
  ]);
}
