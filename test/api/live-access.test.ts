import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { hubOf } from '../../src/live/hub-of.ts';
import { call, expectStatus } from '../support/client.ts';
import { countedDb } from '../support/counted-db.ts';
import { opened } from '../support/incidents.ts';
import { askForEvents, askForSocket, fillLog, follow, SocketWatcher, ticketOf, watch } from '../support/live.ts';
import { accessToken, person, sessionOf, signedIn } from '../support/people.ts';
import { runCron } from '../support/worker.ts';

const hub = hubOf(env);

let admin: string;
let analyst: string;
beforeAll(async () => {
  admin = await signedIn('admin');
  analyst = await signedIn('analyst');
});
/** Somebody new, with a token of theirs. */
async function newcomer(username: string) {
  const { id } = await person({ username, role: 'member' });
  const sid = await sessionOf(id);
  return { id, sid, token: await accessToken({ sub: String(id), username, role: 'member', sid }) };
}

describe('a ticket', () => {
  it('lets in one of a hundred who bring it at once', async () => {
    const ticket = await ticketOf(analyst);
    const asked = await Promise.all(Array.from({ length: 100 }, () => askForSocket(`ticket=${ticket}`)));
    const statuses = asked.map(({ status }) => status).sort();
    expect(statuses).toEqual([101, ...Array.from({ length: 99 }, () => 401)]);
    for (const { webSocket } of asked) if (webSocket) new SocketWatcher(webSocket).leave();
  });

  it('is good for 30 seconds, and forgotten by the cron when nobody brings it', async () => {
    const answer = await expectStatus(await call('POST', '/api/v1/live/ticket', { token: analyst }), 201);
    expect(Date.parse(answer.expires_at) - Date.now()).toBeGreaterThan(28_000);
    expect(Date.parse(answer.expires_at) - Date.now()).toBeLessThanOrEqual(30_000);
    await env.DB.prepare('UPDATE live_tickets SET expires_at = ?').bind(Date.now()).run();
    await expectStatus(await askForSocket(`ticket=${answer.ticket}`), 401);
    const good = await ticketOf(analyst);
    await runCron('*/5 * * * *');
    expect(await env.DB.prepare('SELECT count(*) AS n FROM live_tickets').first('n')).toBe(1);
    expect(await env.DB.prepare('SELECT token_hash FROM live_tickets').first('token_hash')).not.toContain(
      good.slice(4),
    );
  });

  it('is of no use for anything else', async () => {
    const ticket = await ticketOf(analyst);
    await expectStatus(await call('GET', `/api/v1/alerts?ticket=${ticket}`), 401);
    await expectStatus(await call('GET', '/api/v1/auth/me', { token: ticket }), 401);
  });

  it.each([
    ['nobody', undefined, 401],
    ['a wrong ticket', 'ewl_0000', 401],
  ])('is needed: %s is refused', async (_, ticket, status) => {
    const query = ticket ? `ticket=${ticket}` : '';
    await expectStatus(await askForSocket(query), status);
    await expectStatus(await askForEvents(query), status);
  });

  it('is not given to a sensor, nor a stream', async () => {
    const add = await call('POST', '/api/v1/sensors', { token: admin, body: { name: 'fw-1' } });
    const { key } = await expectStatus(add, 201);
    await expectStatus(await call('POST', '/api/v1/live/ticket', { token: key }), 403);
    await expectStatus(await askForEvents('', { token: key }), 403);
    await expectStatus(await askForSocket('', { token: key }), 403);
  });
});

describe('a connection ends with the right to watch', () => {
  const changes: [string, (who: { id: number; token: string }) => Promise<Response>][] = [
    ['signing out', ({ token }) => call('POST', '/api/v1/auth/logout', { token })],
    ['being disabled', ({ id }) => call('PATCH', `/api/v1/users/${id}`, { token: admin, body: { disabled: true } })],
    ['another role', ({ id }) => call('PATCH', `/api/v1/users/${id}`, { token: admin, body: { role: 'analyst' } })],
  ];

  it.each(changes)('%s closes it with 4401, and nobody else’s', async (name, change) => {
    const who = await newcomer(name.replaceAll(' ', '-'));
    const theirs = await watch(who.token);
    const events = await follow(who.token);
    const other = await watch(analyst);
    expect((await change(who)).ok).toBe(true);
    expect(await theirs.ended()).toBe(4401);
    expect(await events.ended()).toBe(4401);
    await opened(analyst);
    await other.heard(1);
    expect(theirs.changes).toEqual([]);
    other.leave();
  });

  it('a change of the e-mail leaves it open', async () => {
    const who = await newcomer('steady');
    const theirs = await watch(who.token);
    const body = { email: 'steady@example.com' };
    await expectStatus(await call('PATCH', `/api/v1/users/${who.id}`, { token: admin, body }), 200);
    await opened(analyst);
    await theirs.heard(1);
    theirs.leave();
  });

  it('none is opened in a session that has ended, whatever this isolate remembers of it', async () => {
    const who = await newcomer('remembered');
    const ticket = await ticketOf(who.token);
    await env.DB.prepare('UPDATE sessions SET revoked_at = 1 WHERE id = ?').bind(who.sid).run();
    await expectStatus(await call('GET', '/api/v1/auth/me', { token: who.token }), 200);
    await expectStatus(await askForEvents('', { token: who.token }), 401);
    await expectStatus(await askForSocket(`ticket=${ticket}`), 401);
  });
});

describe('the hub', () => {
  it('lets nobody have an eleventh connection, until one is closed', async () => {
    const { token } = await newcomer('many-tabs');
    const asked = await Promise.all(Array.from({ length: 30 }, () => askForSocket('', { token })));
    expect(asked.map(({ status }) => status).sort()).toEqual([...Array(10).fill(101), ...Array(20).fill(429)]);
    const own = asked.flatMap(({ webSocket }) => (webSocket ? [new SocketWatcher(webSocket)] : []));
    const refused = await askForSocket('', { token });
    expect(refused.headers.get('Retry-After')).toBe('30');
    await expectStatus(refused, 429);
    const other = await watch(analyst);
    own[0]?.leave();
    await own[0]?.ended();
    const next = await watch(token);
    for (const watcher of [...own.slice(1), other, next]) watcher.leave();
  });

  it('has room for 2,000 and no more', async () => {
    const socket = { readyState: WebSocket.OPEN, deserializeAttachment: () => ({ cursor: Number.MAX_SAFE_INTEGER }) };
    const full = Array.from({ length: 2_000 }, () => socket);
    await runInDurableObject(hub, (_, state) => {
      Object.defineProperty(state, 'getWebSockets', {
        configurable: true,
        value: (tag?: string) => (tag ? [] : full),
      });
    });
    const refused = await askForSocket('', { token: analyst });
    expect(refused.headers.get('Retry-After')).toBe('30');
    await expectStatus(refused, 503);
    full.pop();
    const last = await watch(analyst).catch((error: Error) => error);
    await runInDurableObject(hub, (_, state) => Reflect.deleteProperty(state, 'getWebSockets'));
    expect(last).toBeInstanceOf(SocketWatcher);
    if (last instanceof SocketWatcher) last.leave();
  });

  it('closes after an hour with 4408', async () => {
    const [young, old] = [await watch(analyst), await watch(admin)];
    await runInDurableObject(hub, (_, state) => {
      for (const socket of state.getWebSockets()) {
        const kept = socket.deserializeAttachment();
        const age = kept.username === 'admin' ? 3_600_000 : 3_500_000;
        socket.serializeAttachment({ ...kept, since: Date.now() - age });
      }
    });
    expect(await runDurableObjectAlarm(hub)).toBe(true);
    expect(await old.ended()).toBe(4408);
    expect(young.closed).toBeUndefined();
    young.leave();
  });

  it('makes a lost poke good by its alarm, and sets none when nobody is there', async () => {
    const watcher = await watch(analyst);
    await fillLog(1);
    expect(watcher.changes).toEqual([]);
    await runDurableObjectAlarm(hub);
    await watcher.heard(1);
    watcher.leave();
    await watcher.ended();
    await vi.waitUntil(async () => {
      await runDurableObjectAlarm(hub);
      return runInDurableObject(hub, async (_, { storage }) => (await storage.getAlarm()) === null);
    });
  });

  it('answers ping, passes over what else is said, and closes at what is long', async () => {
    const watcher = await watch(analyst);
    const pong = new Promise((heard) => watcher.socket.addEventListener('message', ({ data }) => heard(data)));
    watcher.socket.send('{"type":"subscribe"}');
    watcher.socket.send('ping');
    expect(await pong).toBe('pong');
    watcher.socket.send('x'.repeat(2_000));
    expect(await watcher.ended()).toBe(1009);
  });

  it('closes whoever says nothing and is told 2 MiB, and they resume', async () => {
    const watcher = await watch(analyst);
    const start = watcher.cursor;
    // As long as a raise of a thousand alerts.
    const raised = { alerts: Array.from({ length: 1_000 }, (_, n) => 100_000 + n) };
    const insert = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
      INSERT INTO audit_rows (timestamp, actor, action, target, after, request_id)
      SELECT 0, 'system:queue', 'alert.raise', 'alerts', ?, 'r' FROM n`;
    await env.DB.prepare(insert).bind(JSON.stringify(raised)).run();
    await hub.poke();
    expect(await watcher.ended()).toBe(4429);
    const again = await watch(analyst, `cursor=${watcher.cursor}`);
    await again.heard(start + 200 - watcher.cursor);
    const cursors = [...watcher.changes, ...again.changes].map(({ cursor }) => cursor);
    expect(cursors).toEqual(Array.from({ length: 200 }, (_, n) => start + 1 + n));
    again.leave();
  });
});

describe('the page that opens a WebSocket must be ours', () => {
  it.each([
    ['of this origin', 'https://edge.example', 101],
    ['of one that CORS_ORIGINS names', 'https://console.example', 101],
    ['of another', 'https://evil.example', 403],
    ['of none', 'null', 403],
  ])('%s', async (_, origin, status) => {
    const ticket = await ticketOf(analyst);
    const answer = await askForSocket(`ticket=${ticket}`, { headers: { Origin: origin } });
    expect(answer.status).toBe(status);
    if (answer.webSocket) new SocketWatcher(answer.webSocket).leave();
  });
});

describe('a change costs', () => {
  /** What the hub asks of the database to tell one change to so many sockets. */
  async function costOf(sockets: number) {
    const people = await Promise.all(
      Array.from({ length: Math.ceil(sockets / 10) }, (_, n) => newcomer(`watcher-${sockets}-${n}`)),
    );
    const watchers = await Promise.all(
      Array.from({ length: sockets }, (_, n) => watch(people[Math.floor(n / 10)]?.token ?? '')),
    );
    const { db, cost, reset } = countedDb(env.DB);
    await runInDurableObject(hub, (instance) => Reflect.set(instance, 'env', { ...env, DB: db }));
    await fillLog(1);
    reset();
    await hub.poke();
    for (const watcher of watchers) await watcher.heard(1);
    await runInDurableObject(hub, (instance) => Reflect.set(instance, 'env', env));
    for (const watcher of watchers) watcher.leave();
    await Promise.all(watchers.map((watcher) => watcher.ended()));
    return { ...cost };
  }

  it('one read, whether one watches or fifty', async () => {
    const few = await costOf(1);
    expect(few).toMatchObject({ calls: 1, statements: 1, rowsWritten: 0 });
    expect(few.rowsRead).toBeLessThanOrEqual(5);
    expect(await costOf(50)).toEqual(few);
  });

  it('nothing when nobody watches', async () => {
    expect(await costOf(0)).toMatchObject({ calls: 0 });
  });
});
