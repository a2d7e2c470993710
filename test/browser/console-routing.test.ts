import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Api } from '../../scripts/local/api.ts';
import { accessibilityFaults, type ConsoleUnderTest, PHONE, startConsole } from '../support/console.ts';
import { type Mood, startReceiver } from '../support/receiver-server.ts';

const SCRIPT = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>';
const HOUR_MS = 3_600_000;

let console_: ConsoleUnderTest;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let admin: Api;
let ann: Api;

beforeAll(async () => {
  receiver = await startReceiver();
  console_ = await startConsole({ env: { CHANNEL_TRUSTED_HOSTS: new URL(receiver.url).host } });
  [admin, ann] = await Promise.all([console_.api('admin'), console_.api('analyst')]);
});
afterAll(async () => {
  await console_?.stop();
  await receiver?.stop();
});

type Named = { id: number };

const toasted = (page: Page, text: string) => page.getByText(text, { exact: true }).first().waitFor();
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();
const item = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name });

/** A webhook channel with an inbox of its own at the receiver, which answers in this mood. */
async function webhook(name: string, mood: Mood = { status: 200 }): Promise<Named> {
  await setMood(name, mood);
  return admin.post('/channels', { name, type: 'webhook', url: `${receiver.url}/to/${name}` });
}

const setMood = (name: string, mood: Mood) =>
  fetch(`${receiver.url}/moods/${name}`, { method: 'PUT', body: JSON.stringify([mood]) });

/** A delivery that has failed for good, for its receiver was gone. By now it is back. */
async function failedDelivery(name: string): Promise<{ channel: Named; delivery: Named }> {
  const channel = await webhook(name, { status: 410 });
  const delivery = await admin.post<Named>(`/channels/${channel.id}/test`, {});
  const status = async () => (await admin.get<{ status: string }>(`/deliveries/${delivery.id}`)).status;
  await expect.poll(status, { timeout: 30_000 }).toBe('failed');
  await enable(channel.id);
  await setMood(name, { status: 200 });
  return { channel, delivery };
}

async function enable(id: number): Promise<void> {
  const url = `${console_.url}/api/v1`;
  const { access } = await admin.post<{ access: string }>('/token', console_.accounts.admin);
  const headers = { Authorization: `Bearer ${access}`, 'Content-Type': 'application/json' };
  const answer = await fetch(`${url}/channels/${id}`, { method: 'PATCH', headers, body: '{"enabled":true}' });
  expect(answer.status).toBe(200);
}

describe('channels', () => {
  it('start empty; c adds one, what is wrong is said at its field, and its secret is shown once', async () => {
    const { page, troubles } = await console_.visitAs('admin', { path: '/admin/channels' });
    await page.getByText('No channels yet').waitFor();
    await page.keyboard.press('c');
    const form = page.getByRole('dialog', { name: 'New channel' });
    await form.getByLabel('Name').fill(`Desk ${SCRIPT}`);
    await form.getByLabel('URL').fill('http://intranet.corp/hook');
    await form.getByLabel('Words of its own').check();
    await form.getByLabel('Title').fill('{{alert.nonsense}}');
    await form.getByText(/^Has an unknown variable/).waitFor();
    await form.getByLabel('Title').fill(`{{alert.severity}} ${SCRIPT}`);
    await form.getByText(`high ${SCRIPT}`).waitFor();
    await form.getByRole('button', { name: 'Add channel' }).click();
    await form.getByText('Must be an https URL.').waitFor();
    expect(await form.getByLabel('URL').evaluate((input) => input === input.ownerDocument.activeElement)).toBe(true);
    await form.getByLabel('URL').fill(`${receiver.url}/to/desk`);
    await page.keyboard.press('Enter');
    const secret = page.getByRole('dialog', { name: /^The secret of Desk/ });
    await secret.getByText(/^whsec_/).waitFor();
    await secret.getByRole('button', { name: 'I have stored it' }).click();
    await item(page, 'Desk').getByText('Enabled').waitFor();
    expect(await page.getByText(/whsec_/).count()).toBe(0);
    expect(await page.evaluate('window.ran')).toBeUndefined();
    expect(troubles).toEqual([]);
  });

  it('are not lost by one Esc while they are written', async () => {
    const { page } = await console_.visitAs('admin', { path: '/admin/channels?new=true' });
    const form = page.getByRole('dialog', { name: 'New channel' });
    await form.getByLabel('Name').fill('Half a channel');
    await page.keyboard.press('Escape');
    await form.getByText('This is not saved').waitFor();
    expect(await form.getByLabel('Name').inputValue()).toBe('Half a channel');
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });
    await page.keyboard.press('c');
    await form.waitFor();
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });
  });

  it('are of five types, each with an address of its own', async () => {
    const { page, troubles } = await console_.visitAs('admin', { path: '/admin/channels' });
    await page.keyboard.press('c');
    const form = page.getByRole('dialog', { name: 'New channel' });
    await form.getByLabel('Name').fill('Pager');
    await form.getByLabel('Type').selectOption('PagerDuty');
    await form.getByLabel('Integration key').fill('too short');
    await form.getByRole('button', { name: 'Add channel' }).click();
    await form.getByText('Must be the 32 letters and digits of an Events API v2 integration.').waitFor();
    await form.getByLabel('Type').selectOption('E-mail');
    await form.getByLabel('To').fill('soc@example.com, not an address');
    await form.getByRole('button', { name: 'Add channel' }).click();
    await form.getByText(/email address/i).waitFor();
    for (const [type, name] of [
      ['Slack', 'Chat'],
      ['Teams', 'Team'],
    ] as const) {
      await form.getByLabel('Name').fill(name);
      await form.getByLabel('Type').selectOption(type);
      await form.getByLabel('URL').fill('https://hooks.example.com/services/T0');
      await form.getByRole('button', { name: 'Add channel' }).click();
      await toasted(page, `${name} added`);
      await item(page, name).getByText(`${type}, hooks.example.com`).waitFor();
      await page.keyboard.press('c');
    }
    expect(troubles).toEqual([]);
  });

  it('are tested, and what came back is shown', async () => {
    await webhook('answers');
    await webhook('refuses', { status: 503 });
    const { page, troubles } = await console_.visitAs('admin', { path: '/admin/channels' });
    await page.getByRole('button', { name: 'Test answers' }).click();
    const test = page.getByRole('dialog');
    await test.getByText('Delivered').waitFor();
    await test.getByText('HTTP 200').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Test refuses' }).click();
    await test.getByText('HTTP 503').waitFor();
    await test.getByText(/^Next attempt in/).waitFor();
    expect(troubles).toEqual([]);
  });

  it('are given a new secret, turned off and on, changed and deleted', async () => {
    const { id } = await webhook('lifelong');
    const { page, troubles } = await console_.visitAs('admin', { path: '/admin/channels' });
    const act = async (name: string) => {
      await page.getByRole('button', { name: 'Actions for lifelong' }).click();
      await page.getByRole('menuitem', { name }).click();
    };
    await act('New secret');
    await page.getByRole('button', { name: 'Make a new secret' }).click();
    await page.getByText(/^whsec_/).waitFor();
    await page.getByText(/^The one before it ends/).waitFor();
    await page.getByRole('button', { name: 'I have stored it' }).click();
    await act('Disable');
    await item(page, 'lifelong').getByText('Disabled').waitFor();
    expect(await page.getByRole('button', { name: 'Test lifelong' }).isDisabled()).toBe(true);
    await act('Enable');
    await item(page, 'lifelong').getByText('Enabled').waitFor();
    await page.goto(`/admin/channels?edit=${id}`);
    const form = page.getByRole('dialog', { name: 'Channel lifelong' });
    await form.getByLabel('Name').fill('lifelong still');
    await form.getByRole('button', { name: 'Save channel' }).click();
    await toasted(page, 'lifelong still changed');
    await page.getByRole('button', { name: 'Actions for lifelong still' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete channel' }).click();
    await item(page, 'lifelong').waitFor({ state: 'detached' });
    expect(troubles).toEqual([]);
  });
});

describe('deliveries', () => {
  it('are filtered by their address, gone through by key, and shown with every attempt', async () => {
    const { channel } = await failedDelivery('looked-at');
    const { page, troubles } = await console_.visitAs('admin', {
      path: `/admin/deliveries?channel=${channel.id}&status=delivered`,
    });
    await page.getByText('No delivery matches these filters').waitFor();
    await page.getByLabel('Status').selectOption('Failed');
    await page.waitForURL(/status=failed/);
    await page.getByRole('row', { name: /looked-at/ }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    const pane = page.getByRole('complementary', { name: /^Delivery/ });
    await pane.getByText('HTTP 410').waitFor();
    await pane.getByRole('button', { name: 'JSON' }).click();
    await pane.getByText('"webhook-id"').or(pane.getByText('"payload"')).first().waitFor();
    await page.keyboard.press('Escape');
    await pane.waitFor({ state: 'detached' });
    expect(page.url()).not.toContain('preview');
    expect(troubles).toEqual([]);
  });

  it('that failed are sent again: one, those selected, or all of a channel', async () => {
    const { channel, delivery } = await failedDelivery('mended');
    const { page, troubles } = await console_.visitAs('admin', {
      path: `/admin/deliveries?channel=${channel.id}&preview=${delivery.id}`,
    });
    await page.getByRole('button', { name: 'Send again', exact: true }).click();
    const pane = page.getByRole('complementary', { name: /^Delivery/ });
    await pane.getByText('HTTP 200').waitFor();
    await page.keyboard.press('Escape');
    await pane.waitFor({ state: 'detached' });
    for (const key of ['j', 'x']) await page.keyboard.press(key);
    await page.getByRole('button', { name: 'Send 1 again' }).click();
    await toasted(page, '1 of 1 sent again');
    const other = await failedDelivery('mended-too');
    await page.goto(`/admin/deliveries?channel=${other.channel.id}&status=failed`);
    await page.getByRole('button', { name: 'Send failed again' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Send again' }).click();
    await toasted(page, '1 on their way again');
    expect(troubles).toEqual([]);
  });
});

describe('silences', () => {
  it('are made by analysts from an alert, with what they would have matched, and ended early', async () => {
    const alert = await raiseAlert('noisy-1');
    const { page, troubles } = await console_.visitAs('analyst', { path: `/alerts/${alert}` });
    await page.getByRole('link', { name: 'Silence', exact: true }).click();
    const form = page.getByRole('dialog', { name: 'New silence' });
    expect(await form.getByLabel('Value of condition 1').inputValue()).toBe('noisy-1');
    await form.getByText(/1 match, 1 of them High or Critical/).waitFor();
    await form.getByLabel('Reason').fill(`Upgrade ${SCRIPT}`);
    await form.getByLabel('Ends', { exact: true }).fill('2026-01-01T00:00');
    await form.getByRole('button', { name: 'Silence', exact: true }).click();
    await form.getByText('Must be in the future.').waitFor();
    await form.getByRole('button', { name: 'Ends after 4 h' }).click();
    await form.getByRole('button', { name: 'Silence', exact: true }).click();
    await item(page, 'Upgrade').getByText('Active').waitFor();
    await ann.post('/events', { source: 'noisy-1', event_type: 'noise', severity: 'high' });
    await expect
      .poll(
        async () => {
          await page.reload();
          await item(page, 'Upgrade').waitFor();
          return page.getByRole('link', { name: '1 suppressed event' }).count();
        },
        { timeout: 30_000, interval: 500 },
      )
      .toBe(1);
    await page.getByRole('button', { name: /^End now: Upgrade/ }).click();
    await page.getByRole('button', { name: 'End silence' }).click();
    await page.getByText('Nothing is silenced').waitFor();
    await page.getByRole('button', { name: 'Ended', exact: true }).click();
    await page.getByRole('link', { name: '1 suppressed event' }).click();
    await page.getByRole('row', { name: /noise/ }).waitFor();
    expect(await page.evaluate('window.ran')).toBeUndefined();
    expect(troubles).toEqual([]);
  });

  it('that are planned are changed whole, and called off; members read them', async () => {
    const matchers = [{ field: 'attributes.site', op: 'in', value: ['berlin', 'oslo'] }];
    const planned = { reason: 'Drill', matchers, starts_at: inHours(5), ends_at: inHours(7) };
    const { id } = await ann.post<Named>('/silences', planned);
    const { page } = await console_.visitAs('analyst', { path: '/admin/silences?state=scheduled' });
    await page.goto(`/admin/silences?state=scheduled&edit=${id}`);
    const form = page.getByRole('dialog', { name: `Silence ${id}` });
    await form.getByLabel('Reason').fill('Drill, moved');
    await form.getByLabel('Value of condition 1').fill('berlin, bergen');
    await form.getByRole('button', { name: 'Add a condition' }).click();
    await form.getByLabel('Field of condition 2').fill('nonsense');
    await form.getByLabel('Value of condition 2').fill('x');
    await form.getByRole('button', { name: 'Save silence' }).click();
    await form.getByText('Must be source, event_type, severity or attributes. and a path.').waitFor();
    await form.getByRole('button', { name: 'Remove condition 2' }).click();
    await form.getByRole('button', { name: 'Save silence' }).click();
    await page.getByText('attributes.site is one of berlin, bergen').waitFor();
    await page.keyboard.press('c');
    await page.getByLabel('Begins').fill('2027-03-01T10:00');
    expect(await page.getByLabel('Ends', { exact: true }).inputValue()).toBe('2027-03-01T11:00');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const other = await console_.visitAs('member', { path: '/admin/silences?state=scheduled' });
    await item(other.page, 'Drill, moved').waitFor();
    expect(await other.page.getByRole('button', { name: /New silence|Call off/ }).count()).toBe(0);
    await page.getByRole('button', { name: /^Call off/ }).click();
    await page.getByRole('button', { name: 'End silence' }).click();
    await page.getByText('No silence is planned').waitFor();
  });
});

describe('maintenance windows', () => {
  it('come back by simple choices or by a rule, and say when', async () => {
    const { page, troubles } = await console_.visitAs('analyst', { path: '/admin/maintenance-windows' });
    await page.getByText('No maintenance windows yet').waitFor();
    await page.keyboard.press('c');
    const form = page.getByRole('dialog', { name: 'New maintenance window' });
    const next = form.getByRole('region', { name: 'Next occurrences' });
    await form.getByLabel('Reason').fill(`Patch night ${SCRIPT}`);
    await form.getByLabel('Value of condition 1').fill('db-1');
    await form.getByLabel('Begins first').fill('2027-01-03T02:30');
    await form.getByLabel('Time zone').fill('Europe/Berlin');
    await next.getByText(/Sun, Jan 10, 2027/).waitFor();
    await form.getByLabel('Wed').check();
    await next.getByText(/Wed, Jan 6, 2027/).waitFor();
    await form.getByLabel('Repeats').selectOption('Every month, on the same weekday');
    await next.getByText(/Sun, Feb 7, 2027/).waitFor();
    await form.getByLabel('Repeats').selectOption('By a rule (RFC 5545)');
    await form.getByLabel('Rule').fill('FREQ=MONTHLY;BYDAY=1SU');
    await next.getByText(/never ends/).waitFor();
    await form.getByRole('button', { name: 'Add window' }).click();
    await form.getByText('Never ends: give it COUNT or UNTIL.', { exact: true }).waitFor();
    await form.getByLabel('Rule').fill('FREQ=MONTHLY;BYDAY=1SU;COUNT=6');
    await form.getByRole('button', { name: 'Add window' }).click();
    await item(page, 'Patch night')
      .getByText(/^Next: Sun, Jan 3, 2027/)
      .waitFor();
    await page.getByRole('button', { name: /^Patch night/ }).click();
    const edit = page.getByRole('dialog', { name: /^Maintenance window/ });
    expect(await edit.getByLabel('Begins first').inputValue()).toBe('2027-01-03T02:30');
    expect(await edit.getByLabel('Repeats').inputValue()).toBe('monthly-weekday');
    await edit.getByLabel('Enabled').uncheck();
    await edit.getByRole('button', { name: 'Save window' }).click();
    await item(page, 'Patch night').getByText('Disabled').waitFor();
    await page.getByRole('button', { name: /^Delete Patch night/ }).click();
    await page.getByRole('button', { name: 'Delete window' }).click();
    await page.getByText('No maintenance windows yet').waitFor();
    expect(await page.evaluate('window.ran')).toBeUndefined();
    expect(troubles).toEqual([]);
  });
});

describe('grouping rules', () => {
  it('are tried before they are saved, and moved by key and button', async () => {
    for (const host of ['a', 'a', 'b'])
      await ann.post('/events', { source: 'ids', event_type: 'probe', severity: 'low', attributes: { host } });
    for (const name of ['Rule one', 'Rule two']) await admin.post('/grouping-rules', { name, fields: ['source'] });
    const { page, troubles } = await console_.visitAs('admin', { path: '/admin/grouping-rules' });
    await item(page, 'Rule two').waitFor();
    await page.keyboard.press('c');
    const form = page.getByRole('dialog', { name: 'New grouping rule' });
    await form.getByLabel('Name').fill(`Rule three ${SCRIPT}`);
    await form.getByRole('button', { name: 'Add a condition' }).click();
    await form.getByLabel('Field of condition 1').fill('event_type');
    await form.getByLabel('Value of condition 1').fill('probe');
    await form.getByLabel('Fields').fill('host');
    await form.getByRole('button', { name: 'Add rule' }).click();
    await form.getByText('Must be source, event_type, severity or attributes. and a path.').waitFor();
    await form.getByLabel('Fields').fill('source, attributes.host');
    await form.getByText(/3 would be in 2 groups/).waitFor();
    await form.getByText('source: ids, attributes.host: a').waitFor();
    await form.getByRole('button', { name: 'Add rule' }).click();
    await item(page, 'Rule three').waitFor();

    for (const key of ['j', 'j', 'j', 'Shift+K']) await page.keyboard.press(key);
    await toasted(page, `Rule three ${SCRIPT} is number 2 now`);
    await page.keyboard.press('Shift+K');
    await toasted(page, `Rule three ${SCRIPT} is number 1 now`);
    expect(await order()).toEqual([`Rule three ${SCRIPT}`, 'Rule one', 'Rule two']);
    await page.getByRole('button', { name: 'Move Rule one down' }).click();
    await toasted(page, 'Rule one is number 3 now');
    expect(await order()).toEqual([`Rule three ${SCRIPT}`, 'Rule two', 'Rule one']);
    await page.getByRole('button', { name: 'Delete Rule two' }).click();
    await page.getByRole('button', { name: 'Delete rule', exact: true }).click();
    await item(page, 'Rule two').waitFor({ state: 'detached' });
    expect(await page.evaluate('window.ran')).toBeUndefined();
    expect(troubles).toEqual([]);
  });

  const order = async () =>
    (await admin.get<{ data: { name: string }[] }>('/grouping-rules')).data.map(({ name }) => name);
});

describe('escalation policies', () => {
  it('have steps, repeats and targets, and are tried', async () => {
    for (const name of ['first-line', 'second-line']) await webhook(name);
    const { page, troubles } = await console_.visitAs('admin', { path: '/admin/escalation-policies' });
    await page.getByText('Nobody is told of alerts').waitFor();
    await page.keyboard.press('c');
    const form = page.getByRole('dialog', { name: 'New escalation policy' });
    await form.getByLabel('Name').fill(`Payments ${SCRIPT}`);
    await form.getByRole('group', { name: 'Step 1 tells' }).getByLabel('first-line').check();
    await form.getByRole('button', { name: 'Add a step' }).click();
    const second = form.getByRole('group', { name: 'Step 2 tells' });
    await form.getByRole('button', { name: 'Add policy' }).click();
    await second.getByText(/^Must|^Too|least/).waitFor();
    await second.getByLabel('second-line').check();
    await form.getByLabel('Step 2, after').fill('0');
    await form.getByRole('button', { name: 'Add policy' }).click();
    await form.getByText('Must be more than that of the step before.').waitFor();
    await form.getByLabel('Step 2, after').fill('20');
    await form.getByLabel('Repeat the steps').fill('1');
    await form.getByRole('spinbutton', { name: 'Critical, acknowledged in' }).fill('5');
    await form.getByRole('button', { name: 'Add policy' }).click();
    await item(page, 'After 20 min: second-line').first().waitFor();
    await item(page, 'Payments').getByText('Critical: acknowledged in 5 min').waitFor();
    await page.keyboard.press('t');
    const trial = page.getByRole('dialog', { name: 'Try the policies' });
    await trial.getByLabel('Source').fill('pay-1');
    await trial.getByLabel('Event type').fill('fraud');
    await trial.getByText('step 2, round 2').waitFor();
    await trial.getByText('To be acknowledged in 5 min.').waitFor();
    expect(await page.evaluate('window.ran')).toBeUndefined();
    expect(troubles).toEqual([]);
  });

  it('are read by analysts, who change none', async () => {
    const { page } = await console_.visitAs('analyst', { path: '/admin/escalation-policies' });
    await item(page, 'Payments').waitFor();
    expect(await page.getByRole('button', { name: /^Delete|^Move|^New policy/ }).count()).toBe(0);
  });
});

/** Every screen and every form, with something in it. */
async function makeScreens(): Promise<string[]> {
  const long = 'word'.repeat(20);
  const { channel, delivery } = await failedDelivery('seen-by-all');
  const matchers = [{ field: 'source', op: 'eq', value: long }];
  const silence = await admin.post<Named>('/silences', { reason: long, matchers, ends_at: inHours(2) });
  const window = await admin.post<Named>('/maintenance-windows', {
    ...{ reason: long, matchers, rrule: 'FREQ=DAILY;COUNT=9', time_zone: 'UTC' },
    ...{ starts_at: inHours(30).replace(/:\d\d\.\d+Z/, ':00Z'), duration_seconds: 3600 },
  });
  const rule = await admin.post<Named>('/grouping-rules', { name: long, matchers, fields: [`attributes.${long}`] });
  const steps = [{ after_seconds: 0, channel_ids: [channel.id] }];
  const policy = await admin.post<Named>('/escalation-policies', { name: long, matchers, steps });
  return [
    `channels?edit=${channel.id}`,
    'channels?new=true',
    'channels',
    `deliveries?preview=${delivery.id}`,
    'deliveries',
    `silences?edit=${silence.id}`,
    'silences?new=true',
    'silences',
    `maintenance-windows?edit=${window.id}`,
    'maintenance-windows',
    `grouping-rules?edit=${rule.id}`,
    'grouping-rules',
    `escalation-policies?edit=${policy.id}`,
    'escalation-policies?try=true',
    'escalation-policies',
  ].map((path) => `/admin/${path}`);
}

let screens: Promise<string[]> | undefined;

function allScreens(): Promise<string[]> {
  screens ??= makeScreens();
  return screens;
}

async function settle(page: Page, path: string): Promise<void> {
  await page.goto(path);
  const isForm = /edit=|new=|try=/.test(path);
  await (isForm ? page.getByRole('dialog') : page.getByRole('main').getByRole('heading', { level: 1 })).waitFor();
  await page.getByRole('progressbar').first().waitFor({ state: 'detached' });
}

describe.each([
  ['a desk', {}],
  ['a phone', PHONE],
] as const)('on %s, in either theme', (_, size) => {
  it('every screen and form is accessible, and no wider than the window', async () => {
    const { page, troubles } = await console_.visitAs('admin', { path: '/admin/channels', ...size });
    const width = page.viewportSize()?.width;
    for (const path of await allScreens()) {
      await settle(page, path);
      expect(await accessibilityFaults(page), path).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth'), path).toBeLessThanOrEqual(width ?? 0);
      const dialog = page.getByRole('dialog');
      if (await dialog.count()) expect(await dialog.evaluate(isTooWide), path).toBe(false);
    }
    expect(troubles).toEqual([]);
  });
});

const isTooWide = ({ scrollWidth, clientWidth }: { scrollWidth: number; clientWidth: number }) =>
  scrollWidth > clientWidth;

/** The id of a new alert of an event from this source. */
async function raiseAlert(source: string): Promise<number> {
  await ann.post('/events', { source, event_type: 'noise', severity: 'high' });
  const found = async () => (await ann.get<{ data: Named[] }>(`/alerts?source=${source}`)).data[0]?.id;
  await expect.poll(found, { timeout: 30_000 }).toBeDefined();
  return (await found()) ?? 0;
}
