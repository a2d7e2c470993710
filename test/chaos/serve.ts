import { ALERT_QUEUE, DEAD_LETTER_QUEUE } from '../../src/queue/messages.ts';
import { migrations, PERSON } from '../bench/fill.ts';
import { serve } from '../support/serve.ts';
import type { Serving } from './instance.ts';

// Run by `Instance`, in a process group of its own.
const { isNew, ...serving }: Serving = JSON.parse(process.argv[2] ?? '{}');

const miniflare = serve(serving, {
  runner: { unsafeTriggerHandlers: true },
  worker: ({ queueProducers, queueConsumers }) => {
    const consumers = queueConsumers as Record<string, object>;
    return {
      queueProducers: Object.assign({ DEAD_LETTERS: { queueName: DEAD_LETTER_QUEUE } }, queueProducers),
      queueConsumers: {
        // One retry instead of five, so that messages do end as dead letters while somebody watches.
        [ALERT_QUEUE]: { ...consumers[ALERT_QUEUE], maxRetries: 1 },
        [DEAD_LETTER_QUEUE]: { ...consumers[DEAD_LETTER_QUEUE], maxBatchTimeout: 1 },
      },
    };
  },
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
