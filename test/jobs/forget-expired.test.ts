import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import { database } from '../../src/db/client.ts';
import { forgetExpired } from '../../src/identity/forget-expired.ts';
import { call, expectStatus } from '../support/client.ts';
import { countedDb } from '../support/counted-db.ts';
import { auditOf } from '../support/events.ts';
import { contextAt } from '../support/operations.ts';
import { person, signedIn } from '../support/people.ts';
import { signIn } from '../support/sign-in.ts';
import { runCron } from '../support/worker.ts';

const NOW = new Date();
const HOUR_MS = 3_600_000;

beforeEach(async () => {
  await env.DB.batch(['sessions', 'account_links', 'users'].map((table) => env.DB.prepare(`DELETE FROM ${table}`)));
  await person({ username: 'holder', role: 'member' });
});

type Expiring = { hours: number; count?: number; revoked?: boolean };

/** So many sessions that end in so many hours, or have ended; their ids. */
async function sessionsThat({ hours, count = 1, revoked = false }: Expiring): Promise<number[]> {
  const { results } = await env.DB.prepare(
    `INSERT INTO sessions (user_id, family_hash, secret_hash, created_at, refreshed_at, expires_at, revoked_at)
     SELECT (SELECT max(id) FROM users), 'f' || hex(randomblob(8)), 's', 0, 0, ?1, iif(?2, 0, NULL)
     FROM json_each('[' || substr(replace(printf('%.*c', ?3, 'x'), 'x', ',0'), 2) || ']') RETURNING id`,
  )
    .bind(NOW.getTime() + hours * HOUR_MS, revoked ? 1 : 0, count)
    .all<{ id: number }>();
  return results.map(({ id }) => id);
}

/** A link that ends in so many hours, or has ended; its id. */
async function linkThat({ hours, kind = 'invitation' }: { hours: number; kind?: string }): Promise<number> {
  const statement = env.DB.prepare(
    `INSERT INTO account_links (kind, token_hash, created_by, created_at, expires_at)
     VALUES (?, hex(randomblob(8)), 'user:admin', 0, ?) RETURNING id`,
  );
  return (await statement.bind(kind, NOW.getTime() + hours * HOUR_MS).first<number>('id')) ?? 0;
}

const idsOf = async (table: string) =>
  (await env.DB.prepare(`SELECT id FROM ${table} ORDER BY id`).all<{ id: number }>()).results.map(({ id }) => id);

const run = () => forgetExpired({ ctx: contextAt(NOW) });

describe('what has expired', () => {
  it('is forgotten by the cron, and the rest stays: what was ended early, too, while its address is known', async () => {
    await sessionsThat({ hours: -1 });
    const kept = [
      ...(await sessionsThat({ hours: 1 })),
      ...(await sessionsThat({ hours: 1, revoked: true })),
      ...(await sessionsThat({ hours: 2 })),
    ];
    await linkThat({ hours: -1 });
    await linkThat({ hours: -1, kind: 'reset' });
    const links = [await linkThat({ hours: 1 }), await linkThat({ hours: 2, kind: 'reset' })];
    await runCron('*/5 * * * *');
    expect(await idsOf('sessions')).toEqual(kept);
    expect(await idsOf('account_links')).toEqual(links);
  });

  it('leaves its number to nobody else', async () => {
    const [, newest = 0] = await sessionsThat({ hours: -1, count: 2 });
    const link = await linkThat({ hours: -1 });
    await run();
    expect(await sessionsThat({ hours: 1 })).toEqual([newest + 1]);
    expect(await linkThat({ hours: 1 })).toBe(link + 1);
  });

  it('is gone for who still has it, and the audit log keeps what it was', async () => {
    const { refresh } = await expectStatus(await signIn({ username: 'holder' }), 200);
    await env.DB.prepare('UPDATE sessions SET expires_at = ?').bind(NOW.getTime()).run();
    const admin = await signedIn('admin');
    await run();
    await expectStatus(await call('POST', '/api/v1/token/refresh', { body: { refresh } }), 401);
    await expectStatus(await call('GET', '/api/v1/auth/me', { token: admin }), 200);
    expect(await auditOf('user:holder')).toMatchObject([{ action: 'session.create', actor: 'user:holder' }]);
  });

  it('is looked for among the 1,000 oldest of each kind, whatever there is', async () => {
    const ids = await sessionsThat({ hours: -1, count: 2_500 });
    const { db, cost } = countedDb(env.DB);
    await forgetExpired({ ctx: { ...contextAt(NOW), db: database(db) } });
    expect(await idsOf('sessions')).toEqual(ids.slice(1_000));
    expect(cost.rowsWritten).toBe(1_000);
    expect(cost.rowsRead).toBeLessThan(4_100);
    await run();
    await run();
    expect(await idsOf('sessions')).toEqual(ids.slice(-1));
  });
});
