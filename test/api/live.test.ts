import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { posted, raised } from '../support/events.ts';
import { act, opened } from '../support/incidents.ts';
import { askForEvents, askForSocket, fillLog, follow, loggedAfter, type Watcher, watch } from '../support/live.ts';
import { signedIn } from '../support/people.ts';
import { callWith, deliver, raise, silentQueue } from '../support/worker.ts';

let admin: string;
let analyst: string;
beforeAll(async () => {
  admin = await signedIn('admin');
  analyst = await signedIn('analyst');
});

const watchers: Watcher[] = [];
/** Ends it with the test. */
function until<Some extends Watcher>(watcher: Some): Some {
  watchers.push(watcher);
  return watcher;
}
afterEach(() => {
  for (const watcher of watchers.splice(0)) if (!watcher.closed) watcher.leave();
});

const newest = async () => (await env.DB.prepare('SELECT max(id) AS id FROM audit_rows').first<number>('id')) ?? 0;
const triage = (id: number, action: string, body?: object) =>
  call('POST', `/api/v1/alerts/${id}/${action}`, { token: analyst, body });

describe('a stream says', () => {
  it('hello with the cursor of now, and then what changes', async () => {
    const { id } = await raised(analyst);
    const now = await newest();
    const watcher = until(await watch(analyst));
    expect(watcher.messages).toEqual([{ type: 'hello', cursor: now }]);
    await expectStatus(await triage(id, 'acknowledge'), 200);
    await expectStatus(await triage(id, 'assign', { assignee: 'analyst' }), 200);
    await expectStatus(await triage(id, 'resolve', { verdict: 'false_positive' }), 200);
    const change = { at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*\.\d{3}Z$/), actor: 'user:analyst' };
    expect(await watcher.heard(3)).toEqual([
      {
        ...change,
        cursor: now + 1,
        type: 'alert.acknowledge',
        subjects: [`alert:${id}`],
        changes: { status: 'acknowledged' },
      },
      { ...change, cursor: now + 2, type: 'alert.assign', subjects: [`alert:${id}`], changes: { assignee: 'analyst' } },
      { ...change, cursor: now + 3, type: 'alert.resolve', subjects: [`alert:${id}`], changes: { status: 'resolved' } },
    ]);
  });

  it('which alerts the queue raised', async () => {
    const watcher = until(await watch(analyst));
    const ids = await Promise.all(
      ['a', 'b'].map(async (description) => {
        const body = { source: 's', event_type: 't', severity: 'high', description };
        const bindings = { ALERT_QUEUE: silentQueue };
        return (await expectStatus(await callWith('POST', '/api/v1/events', { token: analyst, body, bindings }), 201))
          .id;
      }),
    );
    await deliver([raise(...ids)]);
    const [change] = await watcher.heard(1);
    const { results } = await env.DB.prepare('SELECT id FROM alerts ORDER BY id DESC LIMIT 2').all<{ id: number }>();
    expect(change).toMatchObject({ type: 'alert.raise', actor: 'system:queue' });
    expect(change?.subjects).toEqual(results.map(({ id }) => `alert:${id}`).reverse());
  });

  it('what happens to incidents, their notes and tags, and nothing of what was written', async () => {
    const watcher = until(await watch(analyst));
    const { id } = await opened(analyst, {
      title: 'Secret title',
      description: 'Secret description',
      assignee: 'analyst',
    });
    const note = await expectStatus(await act(analyst, id, 'notes', { body: 'Secret note' }), 201);
    await expectStatus(await act(analyst, id, 'tags', { tags: ['ransomware'] }), 200);
    await expectStatus(await call('DELETE', `/api/v1/notes/${note.id}`, { token: analyst }), 204);
    await expectStatus(await act(analyst, id, 'mitigate'), 200);
    const heard = await watcher.heard(5);
    expect(heard.map(({ type, subjects, changes }) => [type, subjects, changes])).toEqual([
      ['incident.create', [`incident:${id}`], { severity: 'sev1', status: 'open', assignee: 'analyst' }],
      ['note.create', [`incident:${id}`, `note:${note.id}`], undefined],
      ['incident.tag', [`incident:${id}`], undefined],
      ['note.delete', [`incident:${id}`, `note:${note.id}`], undefined],
      ['incident.mitigate', [`incident:${id}`], { status: 'mitigated' }],
    ]);
    expect(JSON.stringify(heard)).not.toMatch(/secret|request_id|"ip"/i);
  });

  it('nothing of what is not watched, nor that somebody looked', async () => {
    const { id } = await opened(analyst);
    const watcher = until(await watch(analyst));
    await expectStatus(await call('POST', '/api/v1/sensors', { token: admin, body: { name: 'fw-live' } }), 201);
    for (const path of ['alerts/export', `incidents/${id}/report`]) {
      await (await call('GET', `/api/v1/${path}`, { token: analyst })).text();
    }
    await posted(analyst);
    await expectStatus(await act(analyst, id, 'mitigate'), 200);
    expect((await watcher.heard(1)).map(({ type }) => type)).toEqual(['incident.mitigate']);
  });
});

describe('a client that comes back', () => {
  /** A hundred alerts, changed ten times each: a thousand changes, a hundred at a time. */
  async function changeThousand(ids: number[]): Promise<void> {
    for (let round = 0; round < 10; round++) {
      const body = { action: 'assign', assignee: round % 2 ? null : 'analyst', ids };
      await expectStatus(await call('POST', '/api/v1/alerts/bulk', { token: analyst, body }), 200);
    }
  }

  let ids: number[];
  beforeAll(async () => {
    const body = Array.from({ length: 100 }, () => ({ source: 's', event_type: 't', severity: 'high' }));
    await expectStatus(await call('POST', '/api/v1/events/batch', { token: admin, body }), 200);
    const newest = env.DB.prepare('SELECT id FROM events ORDER BY id DESC LIMIT 100');
    await deliver([raise(...(await newest.all<{ id: number }>()).results.map(({ id }) => id))]);
    const { results } = await env.DB.prepare('SELECT id FROM alerts ORDER BY id DESC LIMIT 100').all<{ id: number }>();
    ids = results.map(({ id }) => id);
  });

  const ways = {
    'a WebSocket': (cursor: number) => watch(analyst, `cursor=${cursor}`),
    'an EventSource': (cursor: number) => follow(analyst, { 'Last-Event-ID': String(cursor) }),
  };

  it.each(Object.entries(ways))('hears each of 1,000 changes once, in order: %s', async (_, connect) => {
    const start = await newest();
    const changing = changeThousand(ids);
    const cursors: number[] = [];
    for (let cursor = start, drops = 0; cursors.length < 1_000; drops++) {
      const watcher: Watcher = await connect(cursor);
      // It drops the connection in the middle of what it is told, a little later each time.
      await watcher.heard(Math.min(1 + 37 * drops, 1_000 - cursors.length));
      watcher.leave();
      cursors.push(...watcher.changes.map((change) => change.cursor));
      cursor = watcher.cursor;
    }
    await changing;
    expect(cursors).toEqual(await loggedAfter(start));
    expect(cursors).toHaveLength(1_000);
  });

  it('hears with others what comes, while it is still told what was', async () => {
    const start = await newest();
    const early = until(await watch(analyst));
    await fillLog(3_000);
    const late = until(await watch(admin, `cursor=${start}`));
    await expectStatus(
      await call('POST', '/api/v1/alerts/bulk', { token: analyst, body: { action: 'acknowledge', ids } }),
      200,
    );
    const expected = await loggedAfter(start);
    await Promise.all([early, late].map((watcher) => watcher.heard(expected.length)));
    for (const watcher of [early, late]) expect(watcher.changes.map(({ cursor }) => cursor)).toEqual(expected);
  });

  it('is asked to load afresh when it missed more than 10,000 rows', async () => {
    const start = await newest();
    await fillLog(10_001);
    const now = start + 10_001;
    const far = until(await watch(analyst, `cursor=${start}`));
    const near = until(await watch(admin, `cursor=${start + 1}`));
    await near.heard(10_000);
    expect(far.messages).toEqual([
      { type: 'hello', cursor: now },
      { type: 'reset', cursor: now },
    ]);
    await opened(analyst);
    expect((await far.heard(1))[0]).toMatchObject({ type: 'incident.create' });
  });

  it.each([
    ['a cursor of the future', () => newest().then((id) => `cursor=${id + 1}`)],
    ['a cursor that is no number', async () => 'cursor=-1'],
    ['an unknown parameter', async () => 'since=1'],
  ])('is told what is wrong: %s', async (_, query) => {
    for (const ask of [askForSocket, askForEvents]) {
      const asked = await query();
      const problem = await expectStatus(await ask(asked, { token: analyst }), 400);
      expect(problem.errors).toMatchObject([{ pointer: `query/${asked.split('=')[0]}` }]);
    }
  });

  it('must say how it wants to be told', async () => {
    const problem = await expectStatus(await call('GET', '/api/v1/live', { token: analyst }), 400);
    expect(problem.errors).toMatchObject([{ pointer: 'header/accept' }]);
  });
});
