import { glob, readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Api } from '../../scripts/local/api.ts';
import { type ConsoleUnderTest, startConsole, type Visited } from '../support/console.ts';
import { startReceiver } from '../support/receiver-server.ts';

/** Where it is taken for HTML, something is asked for below /planted. Without spaces and dots any field takes it. */
const PLANTED = '/planted';
const SCRIPT = `"'><img/src=${PLANTED}/onerror=ran()><script/src=${PLANTED}></script>`;
const LINKS = `[a](javascript:ran()) ![b](${PLANTED}) <${PLANTED}> [c](data:text/html,${SCRIPT})`;

/** What was stored, by the name under which an address asks for it. */
type Ids = { event: number; alert: number; incident: number };

/**
 * Every screen that shows what people or sensors have written, as an admin sees it. A new route of the console has to be
 * here, or among those that show nothing stored.
 */
const SCREENS = [
  '/',
  '/events',
  '/events?preview=:event',
  '/events/:event',
  '/alerts',
  '/alerts?preview=:alert',
  '/alerts?source=:script&event_type=:script&search=:script&dedup_key=:script',
  '/alerts/:alert',
  '/incidents',
  '/incidents?new=true',
  '/incidents?search=:script&service=:script',
  '/incidents/:incident?tab=notes',
  '/incidents/:incident?tab=timeline',
  '/incidents/:incident?tab=evidence',
  '/incidents/:incident?tab=alerts',
  '/reports',
  '/profile',
  '/admin',
  '/admin/people',
  '/admin/sensors',
  '/admin/channels',
  '/admin/deliveries',
  '/admin/silences',
  '/admin/maintenance-windows',
  '/admin/grouping-rules',
  '/admin/escalation-policies',
  '/admin/audit-log',
  '/admin/settings',
];
const WITHOUT_TEXTS = ['sign-in', 'register', 'reset', 'enrol'];

let console_: ConsoleUnderTest;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let admin: Api;
let ids: Ids;

beforeAll(async () => {
  receiver = await startReceiver();
  console_ = await startConsole({ env: { CHANNEL_TRUSTED_HOSTS: new URL(receiver.url).host } });
  admin = await console_.api('admin');
  await storeRules();
  await storeChannel();
  ids = { ...(await storeEvent()), incident: await storeIncident() };
  await storeViews();
  await signInByOddBrowser();
});
afterAll(async () => {
  await console_?.stop();
  await receiver?.stop();
});

const matchers = [{ field: `attributes.${SCRIPT}`, op: 'eq', value: SCRIPT }];
const other = [{ field: 'source', op: 'in', value: ['other', SCRIPT] }, ...matchers];

async function storeRules(): Promise<void> {
  await admin.post('/grouping-rules', { name: SCRIPT, matchers, fields: ['source', `attributes.${SCRIPT}`] });
  const reason = SCRIPT;
  const starts_at = new Date(Date.now() + 3_600_000).toISOString();
  const ends_at = new Date(Date.now() + 7_200_000).toISOString();
  await admin.post('/silences', { reason, matchers: other, starts_at, ends_at });
  // None of it may be now, or the event raises no alert.
  const nextMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 'yyyy-mm-ddThh:mm:ss'.length);
  const rrule = 'FREQ=WEEKLY;COUNT=26';
  const weekly = { rrule, time_zone: 'UTC', starts_at: nextMonth, duration_seconds: 7200 };
  await admin.post('/maintenance-windows', { reason, matchers: other, ...weekly });
}

/** Deliveries go to this machine alone, which refuses them, so that there is a failure to show. */
async function storeChannel(): Promise<void> {
  await fetch(`${receiver.url}/moods/inbox`, { method: 'PUT', body: JSON.stringify([{ status: 400 }]) });
  const url = `${receiver.url}/to/inbox?${new URLSearchParams({ text: SCRIPT })}`;
  const { id } = await admin.post<{ id: number }>('/channels', { name: SCRIPT, type: 'webhook', url });
  await admin.post(`/channels/${id}/test`, {});
  const steps = [{ after_seconds: 0, channel_ids: [id] }];
  const targets = { high: { acknowledge_seconds: 300, resolve_seconds: 14_400 } };
  await admin.post('/escalation-policies', { name: SCRIPT, matchers, steps, targets });
  await admin.post('/sensors', { name: SCRIPT, expected_interval: 60 });
}

async function storeEvent(): Promise<{ event: number; alert: number }> {
  const texts = { source: SCRIPT, event_type: SCRIPT, description: `${SCRIPT} ${LINKS}`, dedup_key: SCRIPT };
  const attributes = { [SCRIPT]: SCRIPT, nested: { [SCRIPT]: [SCRIPT] } };
  const event = { ...texts, attributes, severity: 'high', external_id: SCRIPT };
  const { id } = await admin.post<{ id: number }>('/events', event);
  const query = `/alerts?${new URLSearchParams({ source: SCRIPT })}`;
  const found = async () => (await admin.get<{ data: { id: number }[] }>(query)).data[0]?.id;
  const alert = await vi.waitUntil(found, { timeout: 30_000, interval: 200 });
  return { event: id, alert };
}

async function storeIncident(): Promise<number> {
  const texts = { title: SCRIPT, description: `${SCRIPT}\n\n${LINKS}`, service: SCRIPT };
  const { id } = await admin.post<{ id: number }>('/incidents', texts);
  await admin.post(`/incidents/${id}/alerts`, { alert_ids: [1] });
  const note = await admin.post<{ id: number }>(`/incidents/${id}/notes`, { body: `${SCRIPT}\n\n${LINKS}` });
  const token = await adminToken();
  const send = (path: string, init: RequestInit) =>
    fetch(`${console_.url}/api/v1${path}`, { ...init, headers: { ...init.headers, Authorization: `Bearer ${token}` } });
  const json = { 'Content-Type': 'application/json' };
  await send(`/notes/${note.id}`, {
    method: 'PUT',
    headers: json,
    body: JSON.stringify({ body: `Changed ${SCRIPT}` }),
  });
  const form = new FormData();
  form.set('file', new File([SCRIPT], `${SCRIPT.replaceAll('/', '')}.html`, { type: 'text/html' }));
  const { status } = await send(`/incidents/${id}/evidence`, { method: 'POST', body: form });
  expect(status).toBe(201);
  return id;
}

async function storeViews(): Promise<void> {
  const query = new URLSearchParams({ search: SCRIPT }).toString();
  for (const screen of ['alerts', 'events', 'incidents']) {
    await admin.post('/views', { screen, name: SCRIPT, query, shared: true });
  }
}

/** Profiles tell what signed in. */
async function signInByOddBrowser(): Promise<void> {
  await fetch(`${console_.url}/api/v1/token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'User-Agent': SCRIPT },
    body: JSON.stringify(console_.accounts.admin),
  });
}

async function adminToken(): Promise<string> {
  const headers = { 'Content-Type': 'application/json' };
  const body = JSON.stringify(console_.accounts.admin);
  const response = await fetch(`${console_.url}/api/v1/token`, { method: 'POST', headers, body });
  return ((await response.json()) as { access: string }).access;
}

/** A page that notes whatever a script, an image or a link from a stored text would do. */
async function visitWatched(path: string): Promise<Visited> {
  const visited = await console_.visitAs('admin', { path });
  const { page, troubles } = visited;
  page.on('dialog', (dialog) => troubles.push(`dialog ${dialog.message()}`));
  page.on('request', (request) => {
    const { origin, pathname } = new URL(request.url());
    const isOurs = origin === console_.url || request.url().startsWith('blob:');
    if (!isOurs || pathname.startsWith(PLANTED)) troubles.push(`request ${request.url()}`);
  });
  return visited;
}

const addressOf = (screen: string) =>
  screen
    .replaceAll(':script', encodeURIComponent(SCRIPT))
    .replace(/:(event|alert|incident)/g, (_, name: keyof Ids) => String(ids[name]));

async function settled(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
  await page.waitForLoadState('networkidle', { timeout: 5000 }).catch(() => undefined);
}

it('has every route of the console on its list', async () => {
  const tails = [];
  for await (const file of glob('console/src/*/routes.ts')) {
    for (const [, path = ''] of (await readFile(file, 'utf8')).matchAll(/\bpath: '([^']+)'/g)) tails.push(path);
  }
  const isListed = (tail: string) => {
    const pattern = new RegExp(`/${tail.replace(/^\//, '').replaceAll(/\$\w+/g, ':\\w+')}(\\?|$)`);
    return SCREENS.some((screen) => pattern.test(screen));
  };
  expect(tails.length).toBeGreaterThan(10);
  expect(tails.filter((tail) => !isListed(tail) && !WITHOUT_TEXTS.includes(tail))).toEqual([]);
});

it('shows what was stored as text, on every screen', async () => {
  const { page, troubles } = await visitWatched('/');
  for (const screen of SCREENS) {
    await page.goto(addressOf(screen));
    await settled(page);
    expect(await page.locator(`a[href^="javascript:"], a[href^="data:"], [src^="${PLANTED}"]`).count(), screen).toBe(0);
    expect(troubles, screen).toEqual([]);
  }
});

it.each(['/alerts?preview=:alert', '/events?preview=:event', '/incidents', '/incidents/:incident'])(
  'has it to be read on %s',
  async (screen) => {
    const { page } = await visitWatched(addressOf(screen));
    await page.getByText(SCRIPT).first().waitFor();
  },
);

it('shows it as text in menus, windows and messages', async () => {
  const { page, troubles } = await visitWatched(addressOf('/alerts?preview=:alert'));
  const closed = () => page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByText(SCRIPT).first().waitFor();
  await page.getByRole('button', { name: 'JSON' }).click();
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: SCRIPT }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });
  await page.keyboard.press('j');
  await page.keyboard.press('i');
  await page.getByRole('option', { name: SCRIPT }).waitFor();
  await page.keyboard.press('Escape');
  await closed();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill(SCRIPT);
  await page.keyboard.press('Escape');
  await closed();

  await page.goto(addressOf('/incidents/:incident?tab=notes'));
  await page.getByRole('button', { name: /^History of note/ }).click();
  await page.getByRole('dialog').getByText(SCRIPT).first().waitFor();
  await page.keyboard.press('Escape');
  await closed();
  await page.goto(addressOf('/incidents/:incident?tab=evidence'));
  await page.getByRole('button', { name: /^Custody of/ }).click();
  await page.getByRole('dialog').getByText('script').first().waitFor();
  await page.keyboard.press('Escape');
  await closed();
  await page.getByRole('button', { name: /^Delete .*html$/ }).click();
  await page.getByRole('dialog').or(page.getByRole('alertdialog')).getByText('script').first().waitFor();
  expect(troubles).toEqual([]);
});
