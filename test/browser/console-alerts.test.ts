import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Api, signIn } from '../../scripts/local/api.ts';
import { accessibilityFaults, type ConsoleUnderTest, PHONE, startConsole } from '../support/console.ts';

/** What cannot be taken back is sent after a while, when nobody has undone it. */
const HELD_MS = 5500;

/** For what takes a machine with much to do some time. */
const PATIENT = { timeout: 30_000 };

type Alert = { id: number; status: string; verdict: string | null; assignee: string | null; event: { source: string } };

let console_: ConsoleUnderTest;
let admin: Api;
let bob: Api;

beforeAll(async () => {
  console_ = await startConsole();
  admin = await console_.api('admin');
  bob = await signIn(console_.url, await console_.newPerson('bob', 'analyst'));
});
afterEach(() => console_.closePages());
afterAll(() => console_?.stop());

/** So many open alerts of a source of their own, newest first. */
async function raise(source: string, count: number, fields: Record<string, unknown> = {}): Promise<Alert[]> {
  const event = { source, event_type: 'scan', severity: 'high', description: 'Ports probed', ...fields };
  await admin.post('/events/batch', Array(count).fill(event));
  await expect.poll(() => alertsOf(source), PATIENT).toHaveLength(count);
  return alertsOf(source);
}

async function alertsOf(source: string): Promise<Alert[]> {
  const query = new URLSearchParams({ source, limit: '100' });
  return (await admin.get<{ data: Alert[] }>(`/alerts?${query}`)).data;
}

async function visitList(source: string, options: Parameters<ConsoleUnderTest['visitAs']>[1] = {}) {
  const visited = await console_.visitAs('analyst', { path: `/alerts?source=${source}`, withClock: true, ...options });
  await rows(visited.page).first().waitFor();
  return visited;
}

const rows = (page: Page) => page.getByRole('grid', { name: 'Alerts' }).locator('[role="row"][aria-selected]');
const row = (page: Page, { id }: Alert) => page.locator(`#row-${id}`);

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

describe('triage', () => {
  it('goes through fifty alerts by keyboard alone', async () => {
    await raise('night', 50);
    const { page, troubles } = await visitList('night');
    for (let at = 0; at < 50; at++) {
      await press(page, 'j', ['e', 'r', 'm', 'r'][at % 4] as string);
      if (at % 4 === 1) await press(page, 'f');
      if (at % 4 === 3) {
        await page.locator('[role="dialog"] input:focus').waitFor();
        await press(page, 'ArrowDown', 'ArrowDown', 'Enter');
      }
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    const counted = async () => {
      const alerts = await alertsOf('night');
      const those = (test: (alert: Alert) => boolean) => alerts.filter(test).length;
      return [
        those(({ status }) => status === 'acknowledged'),
        those(({ verdict }) => verdict === 'false_positive'),
        those(({ assignee }) => assignee === 'ann'),
        those(({ verdict }) => verdict === 'benign'),
      ];
    };
    await page.clock.fastForward(HELD_MS);
    await expect.poll(counted, PATIENT).toEqual([13, 13, 12, 12]);
    expect(troubles).toEqual([]);
  });

  it('is taken back by undo before anybody else sees it', async () => {
    const [alert] = await raise('undone', 1);
    const { page } = await visitList('undone');
    const sent: string[] = [];
    page.on('request', (request) => request.url().endsWith('/acknowledge') && sent.push(request.url()));
    await press(page, 'j', 'e');
    await row(page, alert as Alert)
      .getByText('Acknowledged')
      .last()
      .waitFor();
    await press(page, 'z');
    await row(page, alert as Alert)
      .getByText('Open')
      .waitFor();
    await page.clock.fastForward(HELD_MS);
    expect((await alertsOf('undone'))[0]?.status).toBe('open');
    expect(sent).toEqual([]);
  });

  it('hands an alert to somebody who was typed, and back by undo', async () => {
    await raise('handed', 1);
    const { page } = await visitList('handed');
    await press(page, 'j', 'a');
    await page.getByPlaceholder('Type a name').fill('bob');
    await press(page, 'Enter');
    await expect.poll(async () => (await alertsOf('handed'))[0]?.assignee).toBe('bob');
    await page.getByText('assigned to bob').waitFor();
    await press(page, 'z');
    await expect.poll(async () => (await alertsOf('handed'))[0]?.assignee).toBe(null);
  });

  it('opens an incident that is filled from the alerts', async () => {
    await raise('breach', 2, { severity: 'critical' });
    const { page } = await visitList('breach');
    await press(page, 'j', 'x', 'Shift+j', 'i');
    await page.getByRole('option', { name: 'New incident' }).waitFor();
    await press(page, 'Enter');
    expect(await page.getByLabel('Title').inputValue()).toBe('scan from breach');
    await press(page, 'Enter');
    await page.getByText(/2 alerts linked to incident \d+/).waitFor();
    const { data } = await admin.get<{ data: object[] }>('/incidents?search=breach');
    expect(data).toMatchObject([{ title: 'scan from breach', severity: 'sev1' }]);
  });
});

describe('a race with somebody else', () => {
  it('explains a 409: who did it before', async () => {
    const [alert] = (await raise('raced', 1)) as [Alert];
    const { page } = await visitList('raced');
    await press(page, 'j', 'e');
    await bob.post(`/alerts/${alert.id}/acknowledge`, {});
    await page.clock.fastForward(HELD_MS);
    await page.getByText('Someone else was first').waitFor();
    await page.getByText('It was acknowledged by bob.').waitFor();
  });

  it('explains a 412: what is different now, and leaves it so', async () => {
    const [alert] = (await raise('taken', 1)) as [Alert];
    const { page } = await visitList('taken');
    await press(page, 'j', 'r', 't');
    await bob.post(`/alerts/${alert.id}/assign`, { assignee: 'bob' });
    await page.clock.fastForward(HELD_MS);
    await page.getByText('It is assigned to bob now.').waitFor();
    await row(page, alert).getByText('Open').waitFor();
    expect((await alertsOf('taken'))[0]).toMatchObject({ status: 'open', assignee: 'bob' });
  });
});

describe('many at once', () => {
  it('says for which it could not be done, and why', async () => {
    const [, second] = (await raise('partly', 3)) as [Alert, Alert];
    const { page } = await visitList('partly');
    await press(page, 'j', 'x', 'Shift+j', 'Shift+j', 'e');
    await bob.post(`/alerts/${second.id}/resolve`, { verdict: 'benign' });
    await page.clock.fastForward(HELD_MS);
    const failures = page.getByRole('region', { name: 'What could not be done' });
    await failures.getByText('but not 1 of them').waitFor();
    await failures.getByText('The alert is resolved').waitFor();
    const statuses = (await alertsOf('partly')).map(({ status }) => status);
    expect(statuses).toEqual(['acknowledged', 'resolved', 'acknowledged']);
  });

  it('reaches all that match, loaded or not', async () => {
    await raise('flood', 100);
    await admin.post('/events/batch', Array(30).fill({ source: 'flood', event_type: 'scan', severity: 'high' }));
    const count = async () => (await admin.get<{ matching: number }>('/alerts/facets?source=flood')).matching;
    await expect.poll(count, PATIENT).toBe(130);
    const { page } = await visitList('flood');
    await press(page, 'j', 'x');
    await page.getByRole('button', { name: 'Select all 130 matching' }).click();
    await press(page, 'r', 'f');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.clock.fastForward(HELD_MS);
    const left = async () =>
      (await admin.get<{ matching: number }>('/alerts/facets?source=flood&status=open')).matching;
    await expect.poll(left, PATIENT).toBe(0);
  });
});

describe('the list', () => {
  it('leaves out what a facet excludes, and its address says so', async () => {
    await raise('mixed', 1, { event_type: 'wanted' });
    await admin.post('/events', { source: 'mixed', event_type: 'noise', severity: 'high' });
    await expect.poll(() => alertsOf('mixed'), PATIENT).toHaveLength(2);
    const { page } = await visitList('mixed');
    await page.getByRole('button', { name: 'Exclude noise' }).click();
    await expect.poll(() => rows(page).count()).toBe(1);
    await rows(page).getByText('wanted').waitFor();
    expect(new URL(page.url()).searchParams.get('event_type')).toBe('-noise');
  });

  it('is searched while someone types, and keys are letters there', async () => {
    await raise('searched', 2);
    const beacon = { source: 'searched', event_type: 'c2', severity: 'high', description: 'Beacon to a known host' };
    await admin.post('/events', beacon);
    await expect.poll(() => alertsOf('searched'), PATIENT).toHaveLength(3);
    const { page } = await visitList('searched');
    await press(page, '/');
    await page.keyboard.type('beacon e r');
    await page.getByText('No alert matches these filters').waitFor(PATIENT);
    await press(page, ...Array(4).fill('Backspace'));
    await expect.poll(() => rows(page).count(), PATIENT).toBe(1);
    expect(new URL(page.url()).searchParams.get('search')).toBe('beacon');
    await rows(page).getByText('Beacon to a known host').waitFor();
    expect((await alertsOf('searched')).map(({ status }) => status)).toEqual(['open', 'open', 'open']);
  });

  it('draws only the rows in its window, however far somebody goes', async () => {
    const alerts = await raise('long', 100);
    const { page } = await visitList('long');
    for (let at = 0; at < 90; at++) await press(page, 'j');
    await row(page, alerts[89] as Alert).waitFor();
    expect(await rows(page).count()).toBeLessThan(60);
    expect(await row(page, alerts[0] as Alert).count()).toBe(0);
  });

  it('counts new alerts without moving a row, and shows them when asked to', async () => {
    await raise('live', 2);
    const { page } = await visitList('live');
    await raise('live-not', 1);
    await admin.post('/events', { source: 'live', event_type: 'scan', severity: 'high' });
    await page.getByRole('button', { name: '1 new' }).waitFor(PATIENT);
    expect(await rows(page).count()).toBe(2);
    const answer = Promise.withResolvers<void>();
    const list = /\/api\/v1\/alerts\?/;
    await page.route(list, (route) => answer.promise.then(() => route.continue()));
    await Promise.all([page.waitForRequest(list), press(page, '.')]);
    // Nothing goes before what is newer is there.
    expect(await rows(page).count()).toBe(2);
    answer.resolve();
    await expect.poll(() => rows(page).count()).toBe(3);
  });

  it('shows in its place what somebody else did', async () => {
    const [alert] = (await raise('watched', 1)) as [Alert];
    const { page } = await visitList('watched');
    await bob.post(`/alerts/${alert.id}/acknowledge`, {});
    await row(page, alert).getByText('Acknowledged').last().waitFor(PATIENT);
  });

  it('is kept as a view, for everybody and as the default', async () => {
    await raise('viewed', 1);
    const { page } = await visitList('viewed');
    await press(page, 'Shift+v');
    await page.getByLabel('Name').fill('What we view');
    await page.getByLabel('Everybody sees it').check();
    await page.getByLabel('Open this page with it').check();
    await press(page, 'Enter');
    await page.getByRole('button', { name: 'What we view' }).waitFor();
    await page.goto('/alerts');
    await page.waitForURL('**/alerts?source=viewed');
    const { page: other } = await console_.visitAs('member', { path: '/alerts' });
    await other.getByRole('button', { name: 'Views' }).click();
    await other.getByRole('menuitem', { name: /What we view/ }).click();
    await other.waitForURL('**/alerts?source=viewed');
    const views = await (await console_.api('analyst')).get<{ data: { id: number }[] }>('/views');
    expect(views.data).toHaveLength(1);
  });

  it('is saved as CSV with its filters', async () => {
    await raise('saved', 3);
    const { page } = await visitList('saved');
    const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'Shift+c')]);
    const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
    expect(lines).toHaveLength(4);
  });
});

describe('in either theme', () => {
  it('list, selection, windows and page are accessible', async () => {
    const source = 'axe';
    const [alert] = (await raise(source, 3)) as [Alert];
    const { page, troubles } = await visitList(source);
    await press(page, 'j', 'Enter');
    await page.getByRole('heading', { name: `Alert ${alert.id}` }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await press(page, 'r');
    await page.getByRole('radio').first().waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await press(page, 'Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await press(page, 'x');
    await page.getByRole('region', { name: 'Selected alerts' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('link', { name: 'Open on a page of its own' }).click();
    await page.getByRole('region', { name: 'Its events' }).getByRole('listitem').first().waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(troubles).toEqual([]);
  });
});

describe('at phone width', () => {
  it('lists, previews and resolves by touch', async () => {
    const [alert] = (await raise('phone', 2)) as [Alert];
    const { page } = await visitList('phone', PHONE);
    await row(page, alert).getByText('scan').tap();
    await page.getByRole('button', { name: 'Resolve' }).tap();
    await page.getByText('Benign').tap();
    await page.getByRole('dialog').getByRole('button', { name: 'Resolve' }).tap();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.clock.fastForward(HELD_MS);
    await expect.poll(async () => (await alertsOf('phone'))[0]?.verdict, PATIENT).toBe('benign');
    const wider = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
    expect(wider).toBe(false);
  });
});
