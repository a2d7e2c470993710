import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sign } from 'hono/jwt';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LiveChange, watchLive } from '../../examples/live.ts';
import { runWrangler } from '../../scripts/local/wrangler.ts';
import { launchBrowser } from '../support/browser.ts';
import { freePort, type Product, startProduct } from '../support/product.ts';
import { token } from '../support/remote.ts';
import { newState } from '../support/state.ts';

const SECRET = randomBytes(48).toString('base64url');
const PEOPLE = 100;
const SOCKETS_EACH = 10;
const FIRST_ID = 1_000;
/** About 1 MB each: `wrangler dev` has a proxy before the Worker, and each hop compresses. */
const MAX_GROWTH_MB = 1_500;

let state: string;
let port: number;
let url: string;
let product: Product;
let admin: string;
beforeAll(async () => {
  state = await newState();
  port = await freePort();
  url = `http://localhost:${port}`;
  await runWrangler(['d1', 'execute', 'DB', '--local', '--persist-to', state, '--command', addPeople()]);
  await start();
  admin = await token({ ...product, url });
});
afterAll(async () => {
  await product.stop();
  await rm(state, { recursive: true });
});

/** Starts it, also again, at the same place: a client does not know better. */
async function start(): Promise<void> {
  product = await startProduct({ state, env: { JWT_SECRET: SECRET }, args: ['--no-demo', '--port', String(port)] });
}

/** People with a session each; ids as SQL says them. */
function addPeople(): string {
  const rows = `WITH RECURSIVE n (i) AS (SELECT ${FIRST_ID} UNION ALL SELECT i + 1 FROM n WHERE i < ${FIRST_ID + PEOPLE - 1})`;
  const [now, later] = [Date.now(), Date.now() + 3_600_000];
  return `INSERT INTO users (id, username, password_hash, role, created_at)
      ${rows} SELECT i, 'watcher-' || i, 'none', 'member', ${now} FROM n;
    INSERT INTO sessions (id, user_id, family_hash, secret_hash, created_at, refreshed_at, expires_at)
      ${rows} SELECT i, i, 'family-' || i, '', ${now}, ${now}, ${later} FROM n`;
}

async function tokenOf(id: number): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const claims = { sub: String(id), username: `watcher-${id}`, role: 'member', sid: id, iat: now, exp: now + 900 };
  return sign({ ...claims, iss: 'edgewatch', aud: 'edgewatch-api' }, SECRET, 'HS256');
}

/** Opens an incident; whether it was answered as opened. A dying server is no reason to fail. */
async function open(title: string): Promise<boolean> {
  const response = await fetch(`${url}/api/v1/incidents`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${admin}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ title, severity: 'sev3' }),
  }).catch(() => null);
  return response?.status === 201;
}

type Audited = { data: { id: number }[]; next_cursor: string | null };

/** The ids of the rows of the audit log that say that an incident was opened, oldest first. */
async function opened(): Promise<number[]> {
  const ids: number[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query = `action=incident.create&sort_order=asc&limit=100${cursor && `&cursor=${cursor}`}`;
    const headers = { Authorization: `Bearer ${admin}` };
    const page = (await (await fetch(`${url}/api/v1/auditlogs?${query}`, { headers })).json()) as Audited;
    ids.push(...page.data.map(({ id }) => id));
    cursor = page.next_cursor;
  }
  return ids;
}

async function until(holds: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`not within a minute: ${what}`);
    await new Promise((wait) => setTimeout(wait, 20));
  }
}

describe('a thousand connections', () => {
  const sockets: WebSocket[] = [];
  afterAll(() => {
    for (const socket of sockets) socket.close();
  });

  async function connect(access: string): Promise<{ heard: LiveChange[] }> {
    const headers = { Authorization: `Bearer ${access}` };
    const answer = await fetch(`${url}/api/v1/live/ticket`, { method: 'POST', headers });
    if (answer.status !== 201) throw new Error(`no ticket: ${await answer.text()}`);
    const { ticket } = (await answer.json()) as { ticket: string };
    const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v1/live?ticket=${ticket}`);
    sockets.push(socket);
    const heard: LiveChange[] = [];
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener('message', ({ data }) => {
        const message = JSON.parse(data);
        if (message.type === 'hello') resolve();
        else heard.push(message);
      });
      socket.addEventListener('close', ({ code }) => reject(new Error(`closed with ${code}`)));
    });
    return { heard };
  }

  it('hear of a change each', async () => {
    const before = await weigh();
    const watchers: { heard: LiveChange[] }[] = [];
    for (let id = FIRST_ID; id < FIRST_ID + PEOPLE; id++) {
      const access = await tokenOf(id);
      watchers.push(...(await Promise.all(Array.from({ length: SOCKETS_EACH }, () => connect(access)))));
    }
    const started = Date.now();
    expect(await open('Heard by a thousand')).toBe(true);
    const waiting = () => watchers.filter(({ heard }) => heard.length === 0).length;
    await until(() => waiting() === 0, 'all hear').catch((error) =>
      Promise.reject(new Error(`${waiting()} heard nothing`, { cause: error })),
    );
    const milliseconds = Date.now() - started;
    const growth = (await weigh()) - before;
    console.log(`${watchers.length} sockets heard within ${milliseconds} ms; memory grew by ${Math.round(growth)} MB`);
    expect(watchers).toHaveLength(PEOPLE * SOCKETS_EACH);
    const [first] = watchers;
    expect(first?.heard).toMatchObject([{ type: 'incident.create', actor: `user:${product.admin.username}` }]);
    for (const { heard } of watchers) expect(heard).toEqual(first?.heard);
    expect(growth).toBeLessThan(MAX_GROWTH_MB);
  });

  /** Megabytes that the runtime holds. */
  async function weigh(): Promise<number> {
    const running: { pid: number; command: string }[] = JSON.parse(
      await readFile(join(state, 'processes.json'), 'utf8'),
    );
    const pids = running.filter(({ command }) => command.includes('workerd')).map(({ pid }) => pid);
    const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', pids.join()]);
    return (
      stdout
        .trim()
        .split(/\s+/)
        .map(Number)
        .reduce((sum, some) => sum + some, 0) / 1024
    );
  }
});

it('a page of ours can open a WebSocket, and no other page', async () => {
  const ask = async (browser: Browser, page: string) => {
    const headers = { Authorization: `Bearer ${admin}` };
    const answer = await fetch(`${url}/api/v1/live/ticket`, { method: 'POST', headers });
    const { ticket } = (await answer.json()) as { ticket: string };
    const tab = await browser.newPage();
    await tab.goto(page);
    const heard = await tab.evaluate(
      (target) =>
        new Promise<string>((resolve) => {
          const socket = new WebSocket(target);
          socket.addEventListener('message', ({ data }) => resolve(JSON.parse(data).type));
          socket.addEventListener('error', () => resolve('refused'));
        }),
      `${url.replace('http', 'ws')}/api/v1/live?ticket=${ticket}`,
    );
    await tab.close();
    return heard;
  };
  const browser = await launchBrowser();
  try {
    expect(await ask(browser, url)).toBe('hello');
    // It has no policy of its own that would refuse before we do.
    expect(await ask(browser, 'about:blank')).toBe('refused');
  } finally {
    await browser.close();
  }
});

it('a client hears of each change once, through a kill -9 in their middle', async () => {
  await open('The place to start from');
  const [from = 0] = (await opened()).slice(-1);
  const heard: LiveChange[] = [];
  const leaving = new AbortController();
  const watching = watchLive({
    url,
    token: () => admin,
    cursor: from,
    onChange: (change) => heard.push(change),
    signal: leaving.signal,
  });
  let answered = 0;
  for (let n = 0; answered < 60; n++) {
    const some = Promise.all(Array.from({ length: 10 }, (_, at) => open(`Opened ${n}.${at}`)));
    if (n === 2) {
      await until(() => heard.length > 0, 'the client watches');
      await product.kill();
      await some;
      await start();
    }
    answered += (await some).filter(Boolean).length;
  }
  const expected = (await opened()).filter((id) => id > from);
  await until(() => heard.length >= expected.length, 'all is heard');
  leaving.abort();
  await watching;
  expect(heard.map(({ cursor }) => cursor)).toEqual(expected);
});
