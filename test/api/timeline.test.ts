import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { countedDb } from '../support/counted-db.ts';
import { act, opened } from '../support/incidents.ts';
import { signedIn } from '../support/people.ts';
import { callWith } from '../support/worker.ts';

let admin: string;
let ana: string;
let max: string;
beforeAll(async () => {
  admin = await signedIn('admin');
  ana = await signedIn('analyst', 'ana');
  max = await signedIn('member', 'max');
});

type Entry = { id: number; timestamp: string; actor: string; kind: string; action: string; changes: object[] };

const timeline = async (id: number, query = '') =>
  expectStatus(await call('GET', `/api/v1/incidents/${id}/timeline?limit=100${query}`, { token: max }), 200);
const entriesOf = async (id: number): Promise<Entry[]> => (await timeline(id)).data;
const patch = async (token: string, id: number, body: object) =>
  expectStatus(await call('PATCH', `/api/v1/incidents/${id}`, { token, body }), 200);
const noted = async (token: string, id: number, body: string): Promise<number> =>
  (await expectStatus(await call('POST', `/api/v1/incidents/${id}/notes`, { token, body: { body } }), 201)).id;

/** An audit row as another feature would write it. */
async function logged(target: string, { action, after = null }: { action: string; after?: unknown }): Promise<void> {
  const columns = 'timestamp, actor, action, target, after, ip, request_id';
  await env.DB.prepare(`INSERT INTO audit_rows (${columns}) VALUES (?, 'user:max', ?, ?, ?, '203.0.113.7', 'r-1')`)
    .bind(Date.now(), action, target, typeof after === 'string' ? after : JSON.stringify(after))
    .run();
}

describe('the timeline of an incident', () => {
  it('tells its whole story in order: who did what, and what became of it', async () => {
    const { id } = await opened(max, { title: 'Checkout down', severity: 'sev2' });
    await patch(ana, id, { assignee: 'ana' });
    const kept = await noted(max, id, 'One');
    const gone = await noted(ana, id, 'To be deleted');
    const edit = await call('PUT', `/api/v1/notes/${kept}`, { token: max, body: { body: 'Two' } });
    const { edited_at } = await expectStatus(edit, 200);
    await expectStatus(await act(ana, id, 'mitigate'), 200);
    await expectStatus(await act(max, id, 'resolve'), 200);
    await expectStatus(await call('DELETE', `/api/v1/notes/${gone}`, { token: admin }), 204);
    await expectStatus(await act(admin, id, 'reopen'), 200);

    const entries = await entriesOf(id);
    const note = { id: kept, body: 'Two', edited_at, deleted: false };
    const deleted = { id: gone, body: null, edited_at: null, deleted: true };
    expect(entries).toMatchObject([
      { actor: 'user:max', kind: 'created', action: 'incident.create', note: null },
      { actor: 'user:ana', kind: 'assignment', changes: [{ field: 'assignee', before: null, after: 'ana' }] },
      { actor: 'user:max', kind: 'note', action: 'note.create', changes: [], note },
      { actor: 'user:ana', kind: 'note', action: 'note.create', changes: [], note: deleted },
      { actor: 'user:max', kind: 'note', action: 'note.edit', changes: [], note },
      { actor: 'user:ana', kind: 'status', action: 'incident.mitigate' },
      { actor: 'user:max', kind: 'status', action: 'incident.resolve' },
      { actor: 'user:admin', kind: 'note', action: 'note.delete', note: deleted },
      { actor: 'user:admin', kind: 'status', action: 'incident.reopen' },
    ]);
    expect(JSON.stringify(entries)).not.toContain('To be deleted');
    expect(entries[0]?.changes).toContainEqual({ field: 'title', before: null, after: 'Checkout down' });
    const time = expect.stringMatching(/^20\d\d-.*\.\d{3}Z$/);
    expect(entries[6]?.changes).toEqual([
      { field: 'status', before: 'mitigated', after: 'resolved' },
      { field: 'resolved_at', before: null, after: time },
    ]);
    const times = entries.map(({ timestamp }) => timestamp);
    expect(times).toEqual(times.map(() => time));
    expect(times.toSorted()).toEqual(times);
    expect((await timeline(id, '&sort_order=desc')).data).toEqual(entries.toReversed());
  });

  it('names each change of shelf, of people and of fields, and only the fields that differ', async () => {
    const { id } = await opened(max, { status: 'resolved', title: 'Same', tags: ['db'] });
    await expectStatus(await act(max, id, 'archive'), 200);
    await expectStatus(await act(max, id, 'unarchive'), 200);
    await expectStatus(await call('DELETE', `/api/v1/incidents/${id}`, { token: max }), 204);
    await expectStatus(await act(max, id, 'restore'), 200);
    await patch(max, id, { title: 'Same', tags: ['db', 'dns'], assignee: 'ana' });
    await patch(max, id, { title: 'Same' });
    await patch(max, id, { owner: 'ana' });
    const [, archived, unarchived, deleted, restored, ...changes] = await entriesOf(id);
    const time = expect.stringMatching(/^20\d\d-.*\.\d{3}Z$/);
    expect(archived).toMatchObject({
      kind: 'archived',
      changes: [{ field: 'archived_at', before: null, after: time }],
    });
    expect(unarchived).toMatchObject({ kind: 'unarchived', changes: [{ before: time, after: null }] });
    expect(deleted).toMatchObject({ kind: 'deleted', changes: [{ field: 'deleted_at', before: null, after: time }] });
    expect(restored).toMatchObject({ kind: 'restored', changes: [{ before: time, after: null }] });
    expect(changes.map(({ kind, changes: fields }) => ({ kind, fields }))).toEqual([
      {
        kind: 'change',
        fields: [
          { field: 'assignee', before: null, after: 'ana' },
          { field: 'tags', before: ['db'], after: ['db', 'dns'] },
        ],
      },
      { kind: 'change', fields: [] },
      { kind: 'assignment', fields: [{ field: 'owner', before: 'max', after: 'ana' }] },
    ]);
  });

  it('tells of alerts, evidence and what is still unknown, by what the row is about', async () => {
    const { id } = await opened(max);
    await logged(`incident:${id}/alert:3`, { action: 'alert.promote', after: { incident_id: id } });
    await logged(`incident:${id}/evidence:8`, { action: 'evidence.add', after: { filename: 'a.pcap', size: 9 } });
    await logged(`incident:${id}/evidence:8`, { action: 'evidence.download' });
    await logged(`incident:${id}/toaster:1`, { action: 'toaster.burn', after: { toast: { brown: true } } });
    await logged(`incident:${id}`, { action: 'incident.tampered', after: 'no JSON at all' });
    const nothing = { changes: [], note: null, alert_id: null, evidence_id: null, filename: null };
    expect((await entriesOf(id)).slice(1)).toEqual(
      [
        { kind: 'alert', action: 'alert.promote', alert_id: 3 },
        { kind: 'evidence', action: 'evidence.add', evidence_id: 8, filename: 'a.pcap' },
        { kind: 'download', action: 'evidence.download', evidence_id: 8 },
        { kind: 'change', action: 'toaster.burn' },
        { kind: 'change', action: 'incident.tampered' },
      ].map((said) => ({
        ...nothing,
        id: expect.any(Number),
        timestamp: expect.any(String),
        actor: 'user:max',
        ...said,
      })),
    );
  });

  it('tells nothing of other incidents, whose numbers begin alike', async () => {
    const neighbours = [1, 10, 17, 100, 170];
    for (let last = 0; last < 171; ) last = (await opened(max, { title: 'Filler' })).id;
    for (const id of neighbours) await noted(max, id, `note of ${id}`);
    for (const id of neighbours) {
      const entries = await entriesOf(id);
      expect(JSON.stringify(entries).match(/note of \d+/g)).toEqual([`note of ${id}`]);
      expect(entries.filter(({ kind }) => kind === 'created')).toHaveLength(1);
    }
  });

  it.each(['asc', 'desc'])('is walked page by page, each entry once: %s', async (order) => {
    const { id } = await opened(max);
    for (let n = 0; n < 5; n += 1) {
      await patch(max, id, { title: `Title ${n}` });
      const note = await noted(max, id, `${n}`);
      await expectStatus(await call('PUT', `/api/v1/notes/${note}`, { token: max, body: { body: 'Edited' } }), 200);
    }
    const all = (await timeline(id, `&sort_order=${order}`)).data;
    expect(all).toHaveLength(16);
    for (const limit of [1, 5, 15, 16]) {
      const walked: Entry[] = [];
      let url: string | undefined = `/api/v1/incidents/${id}/timeline?sort_order=${order}&limit=${limit}`;
      while (url) {
        const response: Response = await call('GET', url, { token: max });
        url = response.headers.get('Link')?.match(/<(.+)>/)?.[1];
        walked.push(...(await expectStatus(response, 200)).data);
      }
      expect(walked).toEqual(all);
    }
  });

  it('has twenty entries on a page unless asked otherwise, and takes no other parameters', async () => {
    const { id } = await opened(max);
    for (let n = 0; n < 20; n += 1) await noted(max, id, `${n}`);
    const path = `/api/v1/incidents/${id}/timeline`;
    const page = await expectStatus(await call('GET', path, { token: max }), 200);
    expect(page.data).toHaveLength(20);
    expect(page.next_cursor).toBe(String(page.data[19].id));
    for (const query of ['limit=0', 'limit=101', 'cursor=x', 'sort_order=up', 'page=1', 'sort_by=actor', 'kind=note']) {
      const problem = await expectStatus(await call('GET', `${path}?${query}`, { token: max }), 400);
      expect(problem.errors[0].pointer).toBe(`query/${query.split('=')[0]}`);
    }
  });

  it('says neither address nor request', async () => {
    const { id } = await opened(max);
    await logged(`incident:${id}`, { action: 'incident.update', after: { title: 'x' } });
    const text = JSON.stringify(await entriesOf(id));
    expect(text).not.toMatch(/203\.0\.113\.7|r-1|request_id|"ip"/);
  });

  it('is for everybody who is signed in, while the incident is there', async () => {
    const { id } = await opened(max);
    const path = `/api/v1/incidents/${id}/timeline`;
    for (const token of [admin, ana, max]) await expectStatus(await call('GET', path, { token }), 200);
    await expectStatus(await call('GET', path), 401);
    await expectStatus(await call('DELETE', `/api/v1/incidents/${id}`, { token: max }), 204);
    await expectStatus(await call('GET', path, { token: admin }), 404);
    await expectStatus(await call('GET', '/api/v1/incidents/999999/timeline', { token: max }), 404);
  });
});

describe('a page of the timeline', () => {
  const { db, cost, reset } = countedDb(env.DB);

  /** Rows read for a page of 20, from the start, from the middle and backwards. */
  async function costsOf(id: number): Promise<number[]> {
    const costs: number[] = [];
    const middle = (await entriesOf(id))[10]?.id;
    for (const query of ['', `&cursor=${middle}`, '&sort_order=desc']) {
      reset();
      const path = `/api/v1/incidents/${id}/timeline?limit=20${query}`;
      const page = await expectStatus(await callWith('GET', path, { token: max, bindings: { DB: db } }), 200);
      expect(page.data).toHaveLength(20);
      expect(cost.calls).toBeLessThanOrEqual(3);
      costs.push(cost.rowsRead);
    }
    return costs;
  }

  const fill = async (target: string) =>
    env.DB.prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
       INSERT INTO audit_rows (timestamp, actor, action, target, request_id)
       SELECT 0, 'user:max', 'evidence.download', ${target}, 'r' FROM n`,
    ).run();

  it('reads as much however long the log is: of other things, of other incidents, of a file read again and again', async () => {
    const { id } = await opened(max);
    for (let n = 0; n < 30; n += 1) await noted(max, id, `${n}`);
    await logged(`incident:${id}/evidence:1`, { action: 'evidence.add' });
    const before = await costsOf(id);
    await fill("'alert:' || i");
    await fill(`'incident:' || (i + ${id})`);
    await fill(`'incident:' || (i % 99) || '/note:' || (i + 500000)`);
    expect(await costsOf(id)).toEqual(before);
    await fill(`'incident:${id}/evidence:1'`);
    const [first, middle] = await costsOf(id);
    expect(first).toBe(before[0]);
    expect(middle).toBe(before[1]);
    // Four for each of 33 parts, seven for each entry that is shown with its note.
    for (const rows of await costsOf(id)) expect(rows).toBeLessThanOrEqual(4 * 33 + 7 * 20);
  });
});
