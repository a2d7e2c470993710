import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { NewEvent } from '../../src/events/contract.ts';
import { ingestBatch } from '../../src/events/ingest-batch.ts';
import { postEvent } from '../../src/events/post-event.ts';
import { readArray } from '../../src/events/read-batch.ts';
import { brokenDb, OVERLOADED } from '../support/broken-db.ts';
import { expectStatus } from '../support/client.ts';
import { countedDb } from '../support/counted-db.ts';
import { auditOf, SCAN, storedEvents } from '../support/events.ts';
import { withOwnSessions } from '../support/own-sessions.ts';
import { signedIn } from '../support/people.ts';
import { addedSensor, contextAt, shownSensor } from '../support/sensors.ts';
import { callWith, silentQueue } from '../support/worker.ts';

let admin: string;
beforeAll(async () => {
  admin = await signedIn('admin');
});

const bindings = { ALERT_QUEUE: silentQueue };
const START = Date.parse('2026-11-21T09:30:00.000Z');
const event: NewEvent = { source: 'a', event_type: 'scan', severity: 'low', description: '', attributes: {} };

/** A D1 in which only the counters fail: events are inserted, the counters are an update. */
const broken = brokenDb(OVERLOADED);
const withoutFolds = withOwnSessions({
  prepare: (sql) => (/^update "sensors"/i.test(sql) ? broken : env.DB).prepare(sql),
  batch: (statements) => env.DB.batch(statements),
});

type Options = { at?: number; db?: D1Database };

/** Posts as a sensor, some seconds after the start, and waits for what is done later. */
async function postAs(sensorId: number, { at = 0, db, ...fields }: Options & Partial<NewEvent> = {}) {
  const { ctx, settled } = contextAt(
    { role: 'sensor', sensorId },
    { now: new Date(START + at * 1000), ...(db && { db }) },
  );
  await postEvent({ ctx, input: { event: { ...event, ...fields } } });
  await settled();
}

async function batchAs(sensorId: number, items: unknown[], at = 0) {
  const { ctx, settled } = contextAt({ role: 'sensor', sensorId }, { now: new Date(START + at * 1000) });
  await ingestBatch({ ctx, input: readArray(items) }).catch(() => {});
  await settled();
}

describe('the counters of a sensor', () => {
  it('show life with its first post', async () => {
    const { id, key } = await addedSensor(admin);
    const before = Date.now();
    await expectStatus(await callWith('POST', '/api/v1/events', { token: key, body: SCAN, bindings }), 201);
    const sensor = await shownSensor(admin, id);
    expect(sensor).toMatchObject({ accepted: 1, duplicates: 0, rejected: 0 });
    expect(Date.parse(sensor.last_seen_at)).toBeGreaterThanOrEqual(before);
  });

  it('are right after a mix of new, known and invalid events', async () => {
    const { id } = await addedSensor(admin);
    await postAs(id, { external_id: 'one' });
    await postAs(id, { external_id: 'one', at: 1 });
    await batchAs(
      id,
      [event, { ...event, external_id: 'one' }, { ...event, external_id: 'two' }, { ...event, severity: 'x' }, 7],
      2,
    );
    await batchAs(id, [{ nothing: true }, 'neither'], 3);
    expect(await shownSensor(admin, id)).toMatchObject({ accepted: 1, duplicates: 0, rejected: 0 });
    await postAs(id, { at: 30 });
    expect(await shownSensor(admin, id)).toMatchObject({
      accepted: 4,
      duplicates: 2,
      rejected: 4,
      last_seen_at: '2026-11-21T09:30:30.000Z',
    });
  });

  it('do not move for what a person posts', async () => {
    const { id } = await addedSensor(admin);
    await expectStatus(await callWith('POST', '/api/v1/events', { token: admin, body: SCAN, bindings }), 201);
    expect(await shownSensor(admin, id)).toMatchObject({ accepted: 0, last_seen_at: null });
  });

  it('add up over isolates, and last_seen_at never goes back', async () => {
    const { id } = await addedSensor(admin);
    const later = '2026-11-21T10:00:00.000Z';
    await env.DB.prepare('UPDATE sensors SET accepted = 40, duplicates = 2, last_seen_at = ? WHERE id = ?')
      .bind(Date.parse(later), id)
      .run();
    await postAs(id);
    expect(await shownSensor(admin, id)).toMatchObject({ accepted: 41, duplicates: 2, last_seen_at: later });
  });

  it('keep what could not be written for the next time, and the post succeeds', async () => {
    const { id } = await addedSensor(admin);
    const stored = await storedEvents();
    await postAs(id, { db: withoutFolds });
    await postAs(id, { at: 1 });
    expect(await storedEvents()).toBe(stored + 2);
    expect(await shownSensor(admin, id)).toMatchObject({ accepted: 0 });
    await postAs(id, { at: 6 });
    expect(await shownSensor(admin, id)).toMatchObject({ accepted: 3 });
  });

  it('log a fold that failed, without the key', async () => {
    const { key } = await addedSensor(admin);
    const warned = vi.spyOn(console, 'warn').mockReturnValue();
    const options = { token: key, body: SCAN, bindings: { ...bindings, DB: withoutFolds } };
    await expectStatus(await callWith('POST', '/api/v1/events', options), 201);
    expect(warned.mock.calls.flat().join()).toContain('fold sensor activity failed');
    expect(warned.mock.calls.flat().join()).not.toContain(key);
    warned.mockRestore();
  });
});

describe('a hundred posts of a sensor cost', () => {
  it('a row each, and one fold', async () => {
    const { id, key } = await addedSensor(admin);
    const { db, cost } = countedDb(env.DB);
    const options = { token: key, body: SCAN, bindings: { ...bindings, DB: db } };
    for (let post = 0; post < 100; post++) await expectStatus(await callWith('POST', '/api/v1/events', options), 201);
    // The key read once, a hundred inserts, and the fold of the first.
    expect(cost).toMatchObject({ calls: 102, statements: 102, rowsWritten: 101 });
    expect(await shownSensor(admin, id)).toMatchObject({ accepted: 1 });
    expect(await auditOf(`sensor:${id}`)).toHaveLength(1);
  });
});
