import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Api } from '../../scripts/local/api.ts';
import { accessibilityFaults, type ConsoleUnderTest, PHONE, startConsole } from '../support/console.ts';

const SCRIPT = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>';
const HOUR_MS = 3_600_000;

let console_: ConsoleUnderTest;
let ann: Api;

beforeAll(async () => {
  console_ = await startConsole();
  ann = await console_.api('analyst');
});
afterAll(() => console_?.stop());

const row = (page: Page, name: RegExp) => page.getByRole('row', { name });

/** A silence for one type of event, and an event that it suppresses. */
async function suppressOne() {
  await ann.post('/silences', {
    reason: 'A drill',
    matchers: [{ field: 'event_type', op: 'eq', value: 'drill' }],
    starts_at: new Date(Date.now() - HOUR_MS).toISOString(),
    ends_at: new Date(Date.now() + HOUR_MS).toISOString(),
  });
  await ann.post('/events', { source: 'fw-1', event_type: 'drill', severity: 'critical', description: 'Just a drill' });
}

describe('the list of events', () => {
  it('starts with the command that sends a first one', async () => {
    const { page, troubles } = await console_.visitAs('analyst', { path: '/events' });
    await page.getByText('No events yet').waitFor();
    await page.getByText('/api/v1/events').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(troubles).toEqual([]);
  });

  it('shows what came, what became an alert, and what was suppressed', async () => {
    await suppressOne();
    const common = { source: 'fw-1', dedup_key: 'scan-1', attributes: { port: 22, note: SCRIPT } };
    await ann.post('/events', { ...common, event_type: 'scan', severity: 'high', description: `Port scan ${SCRIPT}` });
    await ann.post('/events', { source: 'vpn', event_type: 'sign_in', severity: 'low', description: 'From home' });
    const { page, troubles } = await console_.visitAs('analyst', { path: '/events' });
    await row(page, /scan/).waitFor();
    // What became of them is known when the queue has been worked off.
    const became = async (text: RegExp) => {
      await page.keyboard.press('.');
      const shown = row(page, text).waitFor({ timeout: 3_000 });
      return shown.then(() => true).catch(() => false);
    };
    const patiently = { timeout: 30_000, interval: 500 };
    await expect.poll(() => became(/drill.*Suppressed/), patiently).toBe(true);
    await expect.poll(() => became(/scan.*Alert \d+/), patiently).toBe(true);
    expect(await page.evaluate('window.ran')).toBeUndefined();
    expect(troubles).toEqual([]);
  });

  it('is gone through by key; Enter shows one beside it, as fields and as JSON, Esc closes it', async () => {
    const { page, troubles } = await console_.visitAs('analyst', { path: '/events' });
    await row(page, /From home/).waitFor();
    for (const key of ['j', 'j', 'Enter']) await page.keyboard.press(key);
    const preview = page.getByRole('complementary', { name: /^Event \d+$/ });
    await preview.getByRole('link', { name: /^Alert \d+$/ }).waitFor();
    await preview.getByRole('button', { name: 'JSON' }).click();
    await preview.getByText('"dedup_key": "scan-1"').waitFor();
    await preview.getByRole('button', { name: 'Fields' }).click();
    await preview.getByText('port', { exact: true }).waitFor();
    expect(page.url()).toContain('preview=');
    expect(await page.evaluate('window.ran')).toBeUndefined();
    await page.keyboard.press('Escape');
    await preview.waitFor({ state: 'detached' });
    expect(troubles).toEqual([]);
  });

  it('is filtered by facets, by a value of an event, and by search', async () => {
    const { page } = await console_.visitAs('analyst', { path: '/events' });
    await row(page, /From home/).waitFor();
    const facets = page.getByRole('complementary', { name: 'Filters' });
    await facets.getByRole('button', { name: 'Exclude vpn' }).click();
    await row(page, /From home/).waitFor({ state: 'detached' });
    expect(page.url()).toContain('source=-vpn');
    await page.getByRole('button', { name: 'Source not vpn remove' }).click();
    await row(page, /From home/).click();
    await page.getByRole('button', { name: 'Actions for type sign_in' }).click();
    await page.getByRole('menuitem', { name: 'Only this type' }).click();
    await row(page, /scan/).waitFor({ state: 'detached' });
    await page.goto('/events');
    await page.keyboard.press('/');
    await page.keyboard.type('port scan');
    await row(page, /From home/).waitFor({ state: 'detached' });
    await row(page, /Port scan/).waitFor();
    await page.goto('/events?search=nothing-has-this');
    await page.getByText('No event matches these filters').waitFor();
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await row(page, /From home/).waitFor();
  });

  it('says that more came in, and shows them when asked to', async () => {
    const { page } = await console_.visitAs('analyst', { path: '/events?source=late' });
    await page.getByText('No event matches these filters').waitFor();
    await ann.post('/events', { source: 'late', event_type: 'scan', severity: 'low', description: 'First of two' });
    await page.goto('/events?source=late');
    await row(page, /First of two/).waitFor();
    await ann.post('/events', { source: 'late', event_type: 'scan', severity: 'low', description: 'Second of two' });
    await page.getByRole('button', { name: '1 new' }).waitFor();
    expect(await row(page, /Second of two/).count()).toBe(0);
    await page.keyboard.press('.');
    await row(page, /Second of two/).waitFor();
  });

  it('is narrowed by the brush of its histogram, by key', async () => {
    const { page, troubles } = await console_.visitAs('analyst', { path: '/events' });
    await page.getByLabel('Time shown').selectOption('hour');
    const brush = page.getByRole('slider', { name: /^Events by hour/ });
    await brush.focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.press('Enter');
    await page.waitForURL(/by=hour.*from=.*to=|from=.*to=.*by=hour/);
    await page.getByText('No event matches these filters').waitFor();
    await brush.focus();
    await page.keyboard.press('Escape');
    await row(page, /From home/).waitFor();
    expect(troubles).toEqual([]);
  });

  it('is saved as CSV, just what it shows', async () => {
    const { page } = await console_.visitAs('analyst', { path: '/events?source=vpn' });
    await row(page, /From home/).waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Shift+c')]);
    const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
    expect(lines).toHaveLength(2);
  });
});

describe('in either theme', () => {
  it('list, preview and page are accessible', async () => {
    const { page, troubles } = await console_.visitAs('analyst', { path: '/events' });
    await row(page, /Port scan/).click();
    await page
      .getByRole('complementary', { name: /^Event \d+$/ })
      .getByText('scan-1')
      .waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('link', { name: 'Open on a page of its own' }).click();
    await page.getByRole('heading', { level: 1, name: /^Event \d+$/ }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.goto('/events/999999');
    await page
      .getByRole('alert')
      .getByText(/not found/i)
      .first()
      .waitFor();
    expect(troubles).toEqual([]);
  });
});

describe('at phone width', () => {
  it('nothing is wider than the screen, and a row opens over the list', async () => {
    const { page } = await console_.visitAs('analyst', { path: '/events', ...PHONE });
    await row(page, /drill/).tap();
    await page
      .getByRole('complementary', { name: /^Event \d+$/ })
      .getByText('Suppressed')
      .waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await row(page, /drill/).waitFor();
  });
});
