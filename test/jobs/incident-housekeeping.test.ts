import { env } from 'cloudflare:workers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { archiveResolved } from '../../src/incidents/archive-resolved.ts';
import { purgeDeleted } from '../../src/incidents/purge-deleted.ts';
import { brokenDb, OVERLOADED } from '../support/broken-db.ts';
import { call, expectStatus } from '../support/client.ts';
import { countedDb } from '../support/counted-db.ts';
import { auditOf, raised } from '../support/events.ts';
import { act, opened } from '../support/incidents.ts';
import { signedIn } from '../support/people.ts';
import { contextAt } from '../support/sensors.ts';
import { runCron } from '../support/worker.ts';

let admin: string;
beforeAll(async () => {
  admin = await signedIn('admin');
  for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(console, level).mockReturnValue();
});
afterAll(() => vi.restoreAllMocks());

const DAY = 24 * 60 * 60 * 1000;
const CRON = { role: 'system', name: 'cron' } as const;

/** A job as it runs in so many days from now. */
async function inDays(job: typeof archiveResolved, days: number, db?: D1Database): Promise<number> {
  const { ctx } = contextAt(CRON, { now: new Date(Date.now() + days * DAY), ...(db ? { db } : {}) });
  return job({ ctx });
}

const get = (path: string) => call('GET', `/api/v1${path}`, { token: admin });
const rows = async (sql: string, ...values: unknown[]) =>
  (
    await env.DB.prepare(sql)
      .bind(...values)
      .all()
  ).results;
const deleted = async (fields: object = {}) => {
  const incident = await opened(admin, { ...fields });
  await expectStatus(await call('DELETE', `/api/v1/incidents/${incident.id}`, { token: admin }), 204);
  return incident;
};

describe('an incident that was resolved', () => {
  it('is archived after 30 days, not before, by the cron, and the log says so', async () => {
    const { id } = await opened(admin, { status: 'resolved', tags: ['kept'] });
    expect(await inDays(archiveResolved, 29.99)).toBe(0);
    expect(await inDays(archiveResolved, 30.01)).toBe(1);
    expect(await expectStatus(await get(`/incidents/${id}`), 200)).toMatchObject({
      status: 'resolved',
      archived_at: expect.any(String),
      version: 2,
    });
    expect((await auditOf(`incident:${id}`)).at(-1)).toMatchObject({
      actor: 'system:cron',
      action: 'incident.archive',
      before: { archived_at: null },
      after: { archived_at: expect.any(Number), version: 2 },
    });
    expect((await expectStatus(await get('/tags?archived=true'), 200)).data).toEqual([{ tag: 'kept', incidents: 1 }]);
    expect(await inDays(archiveResolved, 60)).toBe(0);
  });

  it('and is not, not any more, or no longer there, stays where it is', async () => {
    const open = await opened(admin);
    const mitigated = await opened(admin, { status: 'mitigated' });
    const reopened = await opened(admin, { status: 'resolved' });
    await expectStatus(await act(admin, reopened.id, 'reopen'), 200);
    const gone = await deleted({ status: 'resolved' });
    expect(await inDays(archiveResolved, 1000)).toBe(0);
    for (const { id } of [open, mitigated, reopened]) {
      expect(await expectStatus(await get(`/incidents/${id}`), 200)).toMatchObject({ archived_at: null });
    }
    expect(await rows('SELECT archived_at FROM incidents WHERE id = ?', gone.id)).toEqual([{ archived_at: null }]);
  });

  it('is archived 200 at a time, oldest first, once by two runs at once', async () => {
    const longAgo = Date.now() - 90 * DAY;
    await env.DB.prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250)
       INSERT INTO incidents (title, description, service, severity, status, owner, tags, created_at, updated_at, resolved_at)
       SELECT 'Old', '', 'bulk', 'sev4', 'resolved', 'admin', '["bulk"]', ?1, ?1, ?1 - i FROM n`,
    )
      .bind(longAgo)
      .run();
    const { db, cost } = countedDb(env.DB);
    expect(await inDays(archiveResolved, 0, db)).toBe(200);
    expect(cost).toMatchObject({ calls: 1, statements: 2 });
    const left = await rows("SELECT resolved_at FROM incidents WHERE service = 'bulk' AND archived_at IS NULL");
    expect(left.map(({ resolved_at }) => longAgo - Number(resolved_at)).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 50 }, (_, index) => index + 1),
    );
    const runs = await Promise.all([inDays(archiveResolved, 0), inDays(archiveResolved, 0)]);
    expect(runs.sort((a, b) => a - b)).toEqual([0, 50]);
    const [{ n } = {}] = await rows("SELECT count(*) AS n FROM audit_rows WHERE action = 'incident.archive'");
    expect(n).toBe(251);
  });
});

describe('an incident that was deleted', () => {
  it('can be restored for 30 days, and is then gone for good with its notes, files and links', async () => {
    const incident = await deleted({ title: 'Quokka', tags: ['only-here'] });
    const other = await deleted({ title: 'Other' });
    await expectStatus(await act(admin, other.id, 'restore'), 200);
    const [note] = await rows(
      "INSERT INTO notes (incident_id, author, body, created_at) VALUES (?, 'admin', 'x', 0) RETURNING id",
      incident.id,
    );
    await rows("INSERT INTO notes (incident_id, author, body, created_at) VALUES (?, 'admin', 'stays', 0)", other.id);
    await rows("INSERT INTO note_revisions (note_id, body, written_at, replaced_at) VALUES (?, 'w', 0, 0)", note?.id);
    for (const [id, key, state] of [
      [incident.id, 'k1', 'stored'],
      [incident.id, 'k2', 'uploading'],
      [other.id, 'k3', 'stored'],
    ]) {
      await rows(
        `INSERT INTO evidence (incident_id, key, state, filename, media_type, size, uploaded_by, created_at, state_since)
         VALUES (?, ?, ?, 'f', 'a/b', 1, 'admin', 0, 0)`,
        id,
        key,
        state,
      );
    }
    const alert = await raised(admin);
    await rows('UPDATE alerts SET incident_id = ? WHERE id = ?', incident.id, alert.id);

    expect(await inDays(purgeDeleted, 29.99)).toBe(0);
    await expectStatus(await act(admin, incident.id, 'restore'), 200);
    await expectStatus(await call('DELETE', `/api/v1/incidents/${incident.id}`, { token: admin }), 204);
    expect(await inDays(purgeDeleted, 30.01)).toBeGreaterThan(0);

    expect(await rows('SELECT id FROM incidents WHERE id = ?', incident.id)).toEqual([]);
    await expectStatus(await act(admin, incident.id, 'restore'), 404);
    for (const query of ['search=quokka', 'tag=only-here', '']) {
      expect((await expectStatus(await get(`/incidents?deleted=true&${query}`), 200)).data).toEqual([]);
    }
    expect(await rows("SELECT * FROM tag_counts WHERE shelf = 'deleted' OR tag = 'only-here'")).toEqual([]);
    expect(await rows('SELECT body FROM notes')).toEqual([{ body: 'stays' }]);
    expect(await rows('SELECT * FROM note_revisions')).toEqual([]);
    expect(await rows('SELECT key, state FROM evidence ORDER BY key')).toEqual([
      { key: 'k1', state: 'deleting' },
      { key: 'k2', state: 'deleting' },
      { key: 'k3', state: 'stored' },
    ]);
    expect(await rows('SELECT incident_id, version FROM alerts WHERE id = ?', alert.id)).toEqual([
      { incident_id: null, version: 2 },
    ]);
    expect((await auditOf(`incident:${incident.id}`)).at(-1)).toMatchObject({
      actor: 'system:cron',
      action: 'incident.purge',
      before: { id: incident.id, title: 'Quokka', tags: ['only-here'], owner: 'admin' },
      after: null,
    });
  });

  it('is purged 50 at a time, by the cron, too', async () => {
    const longAgo = Date.now() - 31 * DAY;
    await env.DB.prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)
       INSERT INTO incidents (title, description, service, severity, owner, tags, created_at, updated_at, deleted_at)
       SELECT 'Old', '', 'trash', 'sev4', 'admin', '[]', ?1, ?1, ?1 FROM n`,
    )
      .bind(longAgo)
      .run();
    const left = async () => (await rows("SELECT id FROM incidents WHERE service = 'trash'")).length;
    await runCron('*/5 * * * *');
    expect(await left()).toBe(10);
    await runCron('*/5 * * * *');
    expect(await left()).toBe(0);
    expect(await rows("SELECT id FROM incidents WHERE title = 'Other'")).toHaveLength(1);
  });
});

describe('the jobs', () => {
  it('cost one batch each and few rows when there is nothing to do', async () => {
    await runCron('*/5 * * * *');
    const { db, cost } = countedDb(env.DB);
    expect(await inDays(archiveResolved, 0, db)).toBe(0);
    expect(await inDays(purgeDeleted, 0, db)).toBe(0);
    expect(cost).toMatchObject({ calls: 2, rowsWritten: 0 });
    expect(cost.rowsRead).toBeLessThanOrEqual(30);
  });

  it('leave everything as it was when the database fails', async () => {
    const { id } = await opened(admin, { status: 'resolved' });
    await expect(inDays(archiveResolved, 31, brokenDb(OVERLOADED))).rejects.toThrow();
    expect(await inDays(archiveResolved, 31)).toBe(1);
    expect((await auditOf(`incident:${id}`)).map(({ action }) => action)).toEqual([
      'incident.create',
      'incident.archive',
    ]);
  });

  it('are the cron alone', async () => {
    const { ctx } = contextAt({ role: 'sensor', sensorId: 1 });
    await expect(archiveResolved({ ctx })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(purgeDeleted({ ctx })).rejects.toMatchObject({ code: 'forbidden' });
  });
});
