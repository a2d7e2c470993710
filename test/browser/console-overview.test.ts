import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Api } from '../../scripts/local/api.ts';
import { accessibilityFaults, type ConsoleUnderTest, PHONE, startConsole } from '../support/console.ts';

const SCRIPT = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>';
const FORMULA = '=1+1';

/** The page looks again within seconds of a change, and each minute in any case. */
const SOON = { timeout: 40_000 };

let console_: ConsoleUnderTest;
let admin: Api;

beforeAll(async () => {
  console_ = await startConsole();
  admin = await console_.api('admin');
});
afterEach(() => console_.closePages());
afterAll(() => console_?.stop());

type Alert = { id: number; severity: string };

const post = (source: string, severities: string[]) =>
  admin.post(
    '/events/batch',
    severities.map((severity) => ({ source, event_type: 'scan', severity, description: 'Ports probed' })),
  );

async function alertsOf(source: string): Promise<Alert[]> {
  return (await admin.get<{ data: Alert[] }>(`/alerts?source=${source}`)).data;
}

const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const chart = (page: Page, name: RegExp) => page.getByRole('slider', { name });

async function shown(page: Page): Promise<void> {
  await panel(page, 'Alerts now').waitFor();
}

async function isAsWideAsThePhone(page: Page): Promise<boolean> {
  return page.evaluate(
    'document.documentElement.scrollWidth <= 390 && document.querySelector("#content").scrollWidth <= 390',
  );
}

describe('the overview of an instance without events', () => {
  it('shows how to send a first one, and fills by itself when it came', async () => {
    const { page, troubles } = await console_.visitAs('analyst');
    await page.getByText('Nothing has happened yet').waitFor();
    await page.getByText('"source": "my-laptop"').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await post('my-laptop', ['high']);
    await panel(page, 'Busiest sources').getByRole('link', { name: 'my-laptop' }).waitFor(SOON);
    expect(troubles).toEqual([]);
  });
});

describe('the overview', () => {
  beforeAll(async () => {
    const minute = { acknowledge_seconds: 3600, resolve_seconds: 7200 };
    await admin.post('/escalation-policies', { name: 'All', targets: { critical: minute, high: minute } });
    await post('fw-berlin', ['critical', 'critical', 'high', 'medium', 'low', 'low']);
    await post(`${FORMULA} ${SCRIPT}`, ['low', 'low']);
    await admin.post('/incidents', { title: 'One', service: 'vpn', severity: 'sev2' });
    const mitigated = await admin.post<{ id: number }>('/incidents', {
      title: 'Two',
      service: 'vpn',
      severity: 'sev1',
    });
    await admin.post(`/incidents/${mitigated.id}/mitigate`, {});
    await vi.waitUntil(async () => (await alertsOf('fw-berlin')).length === 3, SOON);
    const [first] = (await alertsOf('fw-berlin')).filter(({ severity }) => severity === 'critical');
    await admin.post(`/alerts/${first?.id}/acknowledge`, {});
  });

  it('counts open alerts by severity, and leads to them', async () => {
    const { page, troubles } = await console_.visitAs('analyst');
    await panel(page, 'Alerts now').getByRole('link', { name: '1 acknowledged, critical' }).waitFor();
    await panel(page, 'Alerts now').getByRole('link', { name: '1 open, critical' }).click();
    await page.waitForURL(/alerts\?severity=critical&status=open|alerts\?status=open&severity=critical/);
    await page.getByRole('row', { name: /Critical.*fw-berlin/ }).waitFor();
    expect(troubles).toEqual([]);
  });

  it('leads to the open alerts of an age', async () => {
    const { page } = await console_.visitAs('analyst');
    await panel(page, 'Age of open alerts')
      .getByRole('link', { name: /^1 critical, raised / })
      .click();
    await page.waitForURL(/alerts\?.*from=/);
    await expect.poll(() => page.locator('[role="row"][aria-selected]').count(), SOON).toBe(1);
  });

  it('counts incidents by severity and status, and leads to them', async () => {
    const { page } = await console_.visitAs('analyst');
    await panel(page, 'Incidents now').getByRole('link', { name: '1 open, sev2' }).waitFor();
    await panel(page, 'Incidents now').getByRole('link', { name: '1 mitigated, sev1' }).click();
    await page.getByRole('row', { name: /Sev 1.*Two/ }).waitFor();
  });

  it('tells how fast alerts are dealt with, and whether targets are met', async () => {
    const { page } = await console_.visitAs('analyst');
    await shown(page);
    const figures = page.locator('dl', { hasText: 'MTTA' });
    await figures.getByText(/^\d+ (s|min)$/).waitFor();
    await figures.getByText('0 of 3 missed it').first().waitFor();
    await figures.getByText('100%').first().waitFor();
  });

  it('leads from a bar of its charts to what came in then, and tells its counts', async () => {
    const { page } = await console_.visitAs('analyst', { path: '/?last=30d' });
    const brush = chart(page, /^Alerts by day/);
    await brush.waitFor();
    await panel(page, 'Alerts').getByRole('link').focus();
    await page.keyboard.press('Tab');
    expect(await brush.getAttribute('aria-valuetext')).toMatch(/: [34], Critical 2, High [12], Medium 0, Low 0$/);
    await panel(page, 'Alerts').locator('dl', { hasText: 'Critical' }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/alerts\?from=.*to=/);
    await page
      .getByRole('row', { name: /fw-berlin/ })
      .first()
      .waitFor();
    await page.goBack();
    await chart(page, /^Events by day/).click({ position: { x: 20, y: 20 } });
    await page.waitForURL(/\/events\?from=.*to=/);
  });

  it('takes its range by key, and an own one that makes sense', async () => {
    const { page } = await console_.visitAs('analyst');
    await shown(page);
    await page.keyboard.press('3');
    await page.waitForURL(/last=30d/);
    await chart(page, /^Events by day/).waitFor();
    await page.keyboard.press('4');
    const dialog = page.getByRole('dialog', { name: 'Another range of time' });
    await dialog.getByLabel('From').fill('2026-02-02T10:00');
    await dialog.getByLabel('To').fill('2026-02-01T10:00');
    await page.keyboard.press('Enter');
    await dialog.getByText('Must be later than its beginning.').waitFor();
    await dialog.getByLabel('To').fill('2026-02-03T10:00');
    await page.keyboard.press('Enter');
    await page.waitForURL(/from=2026-02-0.*to=2026-02-0/);
    await page.getByText('No event came in.').waitFor();
    await page.reload();
    await page.getByText('No event came in.').waitFor();
    await page.keyboard.press('1');
    await page.getByRole('button', { name: '24 hours', pressed: true }).waitFor();
    await page.goto('/?last=99y&from=soon');
    await page.getByRole('button', { name: '24 hours', pressed: true }).waitFor();
  });

  it('follows what happens without moving', async () => {
    const { page } = await console_.visitAs('analyst', { viewport: { width: 1000, height: 500 } });
    await chart(page, /^Alerts by hour/).waitFor();
    await page.evaluate('document.querySelector("#content").scrollTo(0, 300)');
    const source = panel(page, 'Busiest sources').getByRole('link', { name: 'fw-berlin' });
    const before = await source.boundingBox();
    await post('fw-berlin', ['critical']);
    await panel(page, 'Alerts now').getByRole('link', { name: '2 open, critical' }).waitFor(SOON);
    expect(await source.boundingBox()).toEqual(before);
  });

  it('leads from a source to its events; what came from outside is text', async () => {
    const { page, troubles } = await console_.visitAs('analyst');
    await panel(page, 'Busiest sources').getByText('<script>window.ran=1').waitFor();
    await panel(page, 'Busiest sources').getByRole('link', { name: 'fw-berlin' }).click();
    await page.waitForURL(/events\?source=fw-berlin/);
    await page
      .getByRole('row', { name: /fw-berlin/ })
      .first()
      .waitFor();
    expect(await page.evaluate('window.ran')).toBeUndefined();
    expect(troubles).toEqual([]);
  });

  it('names silent sensors, and leads admins to all of them', async () => {
    const visits = await Promise.all([console_.visitAs('admin'), console_.visitAs('member')]);
    for (const { page } of visits) {
      // A sensor is silent a minute after its interval at the earliest, which is too long to wait for.
      await page.route('**/reports/summary?*', async (route) => {
        const response = await route.fetch();
        const silent_sensors = [{ id: 1, name: `roof ${SCRIPT}`, since: '2026-01-01T00:00:00.000Z' }];
        await route.fulfill({ response, json: { ...(await response.json()), silent_sensors } });
      });
      await page.goto('/?last=7d');
      await panel(page, 'Silent sensors').getByText('roof <img').waitFor();
      expect(await page.evaluate('window.ran')).toBeUndefined();
    }
    const link = ({ page }: (typeof visits)[number]) => panel(page, 'Silent sensors').getByRole('link');
    expect(await Promise.all(visits.map((visit) => link(visit).count()))).toEqual([1, 0]);
  });

  it('says when it cannot be had, and tries again', async () => {
    const { page } = await console_.visitAs('analyst', { path: '/profile' });
    let fails = true;
    await page.route('**/reports/summary?*', (route) =>
      fails ? route.fulfill({ status: 500, json: { title: 'Broken', detail: 'No such luck.' } }) : route.continue(),
    );
    await page.keyboard.press('g');
    await page.keyboard.press('o');
    await page.getByText('No such luck.').waitFor();
    fails = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await shown(page);
  });
});

describe('the reports', () => {
  const visit = async (path = '/reports') => {
    const visited = await console_.visitAs('analyst', { path });
    await panel(visited.page, 'Verdicts').waitFor();
    return visited;
  };

  it('show each chart as a table, by hour, day or week', async () => {
    const { page, troubles } = await visit();
    const row = (name: string) => page.getByRole('table', { name }).getByRole('row').last();
    expect(await row('Incidents by day').getByRole('cell').allTextContents()).toEqual(['2', '1', '1', '0', '0']);
    await page.getByRole('table', { name: 'MTTA and MTTR by day' }).waitFor();
    await page.getByRole('table', { name: 'Targets met by day' }).waitFor();
    await page.keyboard.press('b');
    await page.keyboard.press('w');
    await page.waitForURL(/by=week/);
    await page.getByRole('table', { name: 'Incidents by week' }).waitFor();
    expect(await row('Incidents by week').getByRole('cell').first().textContent()).toBe('2');
    await page.getByLabel('Counted by').selectOption('hour');
    await page.getByRole('table', { name: 'Events by hour' }).waitFor();
    expect(troubles).toEqual([]);
  });

  it('compare with the range before', async () => {
    const { page } = await visit();
    await page.locator('dl', { hasText: 'Events' }).getByText('before: 0').first().waitFor();
  });

  it('go into a stretch of a chart', async () => {
    const { page } = await visit();
    const brush = chart(page, /^Incidents by day/);
    await brush.focus();
    for (const key of ['Shift+ArrowLeft', 'Enter']) await page.keyboard.press(key);
    await page.waitForURL(/reports\?from=.*to=/);
    await page.getByRole('table', { name: 'Incidents by hour' }).waitFor();
    const lines = chart(page, /^MTTA and MTTR/);
    await lines.focus();
    await page.keyboard.press('ArrowLeft');
    expect(await lines.getAttribute('aria-valuetext')).toMatch(/MTTA .*MTTR of alerts .*MTTR of incidents/);
  });

  it('are saved as CSV as they are, formulas disarmed', async () => {
    const { page } = await visit();
    const saved = async (title: string) => {
      const waiting = page.waitForEvent('download');
      await page.getByRole('button', { name: `Save “${title}” as CSV` }).click();
      return readFile(await (await waiting).path(), 'utf8');
    };
    expect(await saved('Incidents by day')).toMatch(
      /^From,All,Sev 1,Sev 2,Sev 3,Sev 4\r\n(.*\r\n)+[-\dT:.]+Z,2,1,1,0,0\r\n$/,
    );
    const sources = await saved('Busiest sources');
    expect(sources).toMatch(/^Source,Events\r\nfw-berlin,\d+\r\n/);
    expect(sources).toContain(`"'${FORMULA} `);
    expect(await saved('MTTA and MTTR by day')).toContain('MTTA (seconds)');
  });

  it('are printed without what is for the screen, and whole', async () => {
    const { page } = await visit();
    await page.emulateMedia({ media: 'print' });
    await page.getByRole('navigation', { name: 'Main' }).waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Print' }).waitFor({ state: 'hidden' });
    expect(await page.evaluate('document.documentElement.scrollHeight > innerHeight')).toBe(true);
    await page.evaluate('window.print = () => { window.printed = true }');
    await page.keyboard.press('p');
    expect(await page.evaluate('window.printed')).toBe(true);
  });
});

describe('in either theme', () => {
  it('overview, reports and the window for a range are accessible', async () => {
    const { page, troubles } = await console_.visitAs('admin');
    await chart(page, /^Events by hour/).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('4');
    await page.getByRole('dialog').getByLabel('From').fill('');
    await page.keyboard.press('Enter');
    await page.getByText('Say when it begins.').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await chart(page, /^Targets met/).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(troubles).toEqual([]);
  });
});

describe('at phone width', () => {
  it('overview and reports fit, and the range is chosen by touch', async () => {
    const { page } = await console_.visitAs('analyst', PHONE);
    await shown(page);
    await page.getByRole('button', { name: '7 days' }).tap();
    await page.waitForURL(/last=7d/);
    await chart(page, /^Events by hour/).waitFor();
    expect(await isAsWideAsThePhone(page)).toBe(true);
    await page.goto('/reports');
    await panel(page, 'Verdicts').waitFor();
    expect(await isAsWideAsThePhone(page)).toBe(true);
  });
});
