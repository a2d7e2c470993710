import { env } from 'cloudflare:workers';
import { eq, getTableColumns, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { auditChange, auditEvent, auditInsert } from '../../src/audit/audit.ts';
import type { Context } from '../../src/core/context.ts';
import { settingsOf } from '../../src/core/settings.ts';
import { database } from '../../src/db/client.ts';
import { events } from '../../src/events/table.ts';
import { users } from '../../src/identity/table.ts';
import { auditOf } from '../support/events.ts';
import { person } from '../support/people.ts';

const db = database(env.DB);
const NOW = new Date('2026-11-21T09:30:00.123Z');

const ctx: Context = {
  db,
  actor: { role: 'admin', userId: 1, username: 'admin', sessionId: 1, mustEnrolTotp: false },
  clock: () => NOW,
  settings: settingsOf(env),
  requestId: 'request-1',
  ip: '203.0.113.7',
  origin: { country: null, asn: null, colo: null },
  continent: null,
  enqueue: () => {},
  later: () => {},
  evidence: env.EVIDENCE,
  assets: env.ASSETS,
  email: undefined,
};

const attributes = { quote: '"\'', nested: { list: [1, null, true] } };

beforeAll(async () => {
  await person({ username: 'ana', role: 'analyst' });
  const origin = { country: 'CH', asn: 1, colo: 'ZRH' };
  const row = {
    timestamp: NOW,
    source: 'a',
    eventType: 'b',
    severity: 'low',
    description: 'c',
    attributes,
    origin,
  } as const;
  await db.insert(events).values([1, 2].map((id) => ({ ...row, id, submittedBy: 'user:x', requestId: 'r' })));
});

describe('the audit row of a change', () => {
  it('keeps every column of a deleted row, however many the table has', async () => {
    expect(Object.keys(getTableColumns(events)).length).toBeGreaterThan(16);
    const where = eq(events.id, 1);
    await db.batch([
      auditChange(ctx, { table: events, where, action: 'event.delete', target: 'event:1' }),
      db.delete(events).where(where),
    ]);
    const [row] = await auditOf('event:1');
    const columns = Object.values(getTableColumns(events)).map(({ name }) => name);
    expect(Object.keys(row?.before ?? {}).sort()).toEqual(columns.sort());
    expect(row).toMatchObject({
      before: { id: 1, timestamp: NOW.getTime(), attributes, external_id: null },
      after: null,
    });
  });

  it('holds the columns that change and no other, with what the database computed', async () => {
    const where = eq(events.id, 2);
    const set = {
      severity: 'high',
      occurredAt: NOW,
      sensorId: null,
      description: sql`upper(${events.description})`,
    } as const;
    await db.batch([
      auditChange(ctx, { table: events, where, set, action: 'event.update', target: 'event:2' }),
      db.update(events).set(set).where(where),
    ]);
    expect(await auditOf('event:2')).toEqual([
      {
        ...{ actor: 'user:admin', action: 'event.update', target: 'event:2' },
        before: { severity: 'low', occurred_at: null, sensor_id: null, description: 'c' },
        after: { severity: 'high', occurred_at: NOW.getTime(), sensor_id: null, description: 'C' },
      },
    ]);
  });

  it('keeps booleans and JSON as what they are', async () => {
    const set = { disabled: true };
    await auditChange(ctx, { table: users, where: eq(users.username, 'ana'), set, action: 'x', target: 'user:ana' });
    expect((await auditOf('user:ana'))[0]).toMatchObject({ before: { disabled: 0 }, after: { disabled: 1 } });
    const changed = { attributes: { other: ['"'] } };
    await auditChange(ctx, { table: events, where: eq(events.id, 2), set: changed, action: 'x', target: 'json' });
    expect((await auditOf('json'))[0]).toMatchObject({
      before: { attributes },
      after: { attributes: { other: ['"'] } },
    });
  });

  it('is not written when nothing changes', async () => {
    const where = eq(events.id, 999);
    await auditChange(ctx, { table: events, where, set: { severity: 'low' }, action: 'x', target: 'none' });
    expect(await auditOf('none')).toEqual([]);
  });

  it('says who, when, from where and in which request', async () => {
    await auditEvent(ctx, { action: 'x', target: 'who', after: { a: 1 } });
    const row = await env.DB.prepare("SELECT * FROM audit_rows WHERE target = 'who'").first();
    const said = { timestamp: NOW.getTime(), actor: 'user:admin', ip: '203.0.113.7', request_id: 'request-1' };
    expect(row).toMatchObject({ ...said, before: null, after: '{"a":1}' });
  });
});

describe('the audit row of an insert', () => {
  it('is written when the insert was, and not when it met a conflict', async () => {
    const values = { username: 'ben', role: 'member', passwordHash: 'x', createdAt: NOW } as const;
    for (let time = 0; time < 2; time++) {
      await db.batch([
        db.insert(users).values(values).onConflictDoNothing(),
        auditInsert(ctx, { action: 'user.create', target: 'user:ben', after: { username: 'ben' } }),
      ]);
    }
    expect(await auditOf('user:ben')).toMatchObject([{ action: 'user.create', after: { username: 'ben' } }]);
  });
});
