import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleUnderTest, fillSignIn, startConsole } from '../support/console.ts';
import { type Pages, startPages } from '../support/pages.ts';

let registry: string;
let console_: ConsoleUnderTest;
let pages: Pages;

beforeAll(async () => {
  // One of its own: whatever else runs on this machine has the same name.
  registry = await mkdtemp(join(tmpdir(), 'edgewatch-registry-'));
  const env = { WRANGLER_REGISTRY_PATH: registry };
  console_ = await startConsole({ env });
  pages = await startPages(env);
});
afterAll(async () => {
  await pages?.stop();
  await console_?.stop();
  await rm(registry, { recursive: true });
});

describe('the console on Pages', () => {
  it('signs in, lists, hears what is new, outlives a reload and signs out, all at one origin', async () => {
    const admin = await console_.api('admin');
    await admin.post('/events', { source: 'before', event_type: 'scan', severity: 'high' });
    const { page, troubles } = await console_.visit({ baseURL: pages.url, path: '/alerts' });
    const origins = new Set<string>();
    page.on('request', (request) => origins.add(new URL(request.url()).origin));
    const heard = page.waitForEvent('websocket').then((socket) => socket.waitForEvent('framereceived'));
    await fillSignIn(page, console_.accounts.analyst);
    await page.getByRole('row', { name: /before/ }).waitFor();
    await heard;
    await admin.post('/events', { source: 'after', event_type: 'scan', severity: 'high' });
    await page.getByRole('button', { name: '1 new' }).waitFor();

    await page.reload();
    await page.getByRole('row', { name: /after/ }).waitFor();
    await page.getByRole('button', { name: 'ann (analyst)' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.goto('/alerts');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect([...origins]).toEqual([pages.url]);
    expect(troubles).toEqual([]);
  });

  it('keeps the refresh cookie of its own host alone', async () => {
    const { page } = await console_.visit({ baseURL: pages.url, path: '/sign-in' });
    await fillSignIn(page, console_.accounts.member);
    const cookies = await page.context().cookies();
    expect(cookies).toMatchObject([{ name: '__Host-refresh', secure: true, httpOnly: true, sameSite: 'Strict' }]);
  });
});

describe('what Pages serves', () => {
  const HEADERS = [
    'access-control-allow-origin',
    'cache-control',
    'content-security-policy',
    'content-type',
    'referrer-policy',
    'strict-transport-security',
    'x-content-type-options',
    'x-frame-options',
  ];
  const ask = async (url: string) => {
    const response = await fetch(url, { headers: { Accept: 'text/html' }, redirect: 'manual' });
    return { status: response.status, headers: HEADERS.map((name) => [name, response.headers.get(name)]) };
  };

  it.each([
    '/',
    '/alerts',
    '/incidents/17',
    '/docs',
    '/swagger',
    '/redoc',
    '/problems',
    '/openapi.json',
    '/favicon.svg',
  ])('is at %s what the Worker serves, under the same policy', async (path) => {
    const onWorker = await ask(console_.url + path);
    expect(onWorker.status).toBe(200);
    expect(await ask(pages.url + path)).toEqual(onWorker);
  });

  it.each(['/api/v1/alerts', '/api/v1/nothing', '/.well-known/security.txt'])(
    'is at %s what the Worker answers',
    async (path) => {
      expect(await ask(pages.url + path)).toEqual(await ask(console_.url + path));
    },
  );

  it('is kept for good where names carry a hash, and is 404 where a file is gone', async () => {
    const html = await (await fetch(pages.url)).text();
    const script = html.match(/\/console\/[\w-]+\.js/)?.[0] ?? '';
    const { status, headers } = await fetch(pages.url + script);
    expect([status, headers.get('cache-control')]).toEqual([200, expect.stringContaining('immutable')]);
    expect((await fetch(`${pages.url}/console/gone.js`)).status).toBe(404);
  });
});
