import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, signIn } from '../../scripts/local/api.ts';
import { accessibilityFaults, type ConsoleUnderTest, fillSignIn, PHONE, startConsole } from '../support/console.ts';

const SCRIPT = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>';
const PASSWORD = 'a passphrase of somebody new';

let console_: ConsoleUnderTest;
let admin: Api;

beforeAll(async () => {
  console_ = await startConsole();
  admin = await console_.api('admin');
});
afterAll(() => console_?.stop());

const toasted = (page: Page, text: string) => page.getByText(text, { exact: true }).first().waitFor();

/** What stands under a label that is shown this once. */
const oneTime = async (dialog: Locator) => String(await dialog.locator('code').first().textContent());

/** What the button beside it put into the clipboard. */
async function copied(page: Page, dialog: Locator, label: string): Promise<string> {
  await dialog.getByRole('button', { name: label }).click();
  await dialog.getByRole('button', { name: 'Copied' }).waitFor();
  return String(await page.evaluate('navigator.clipboard.readText()'));
}

describe('the navigation of Admin', () => {
  it('is opened by g d, names every place, and is part of the palette', async () => {
    const { page, troubles } = await console_.visitAs('admin');
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await page.getByRole('heading', { name: 'Admin', level: 1 }).waitFor();
    const places = page.getByRole('navigation', { name: 'Admin' }).getByRole('link');
    expect(await places.allTextContents()).toEqual([
      'People',
      'Sensors',
      'Channels',
      'Deliveries',
      'Silences',
      'Maintenance windows',
      'Grouping rules',
      'Escalation policies',
      'Audit log',
      'Settings',
    ]);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('audit log');
    await page.getByRole('option', { name: 'Audit log', exact: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/admin\/audit-log/);
    expect(troubles).toEqual([]);
  });

  it('offers analysts silences, and tells them that the rest is for admins', async () => {
    const { page } = await console_.visitAs('analyst', { path: '/admin/people' });
    const main = page.getByRole('navigation', { name: 'Main' });
    await main.getByRole('link', { name: 'Silences' }).waitFor();
    expect(await main.getByRole('link', { name: 'Admin' }).count()).toBe(0);
    await main.getByRole('link', { name: 'Silences' }).click();
    const places = page.getByRole('navigation', { name: 'Admin' }).getByRole('link');
    await places.first().waitFor();
    const theirs = ['Silences', 'Maintenance windows', 'Grouping rules', 'Escalation policies'];
    expect(await places.allTextContents()).toEqual(theirs);
    for (const path of ['people', 'sensors', 'audit-log', 'settings']) {
      await page.goto(`/admin/${path}`);
      await page.getByText('These pages are for admins.').waitFor();
    }
  });
});

describe('people', () => {
  it('are invited by a link that is shown once and registers with its role', async () => {
    const { page, troubles } = await console_.visitAs('admin', { path: '/admin/people' });
    await page.getByRole('row', { name: /ann/ }).waitFor();
    await page.keyboard.press('c');
    const form = page.getByRole('dialog', { name: 'Invite a person' });
    await form.getByLabel('E-mail').fill('no address');
    await form.getByRole('button', { name: 'Make the link' }).click();
    await form.getByText('Invalid email address').waitFor();
    await form.getByLabel('E-mail').fill('newcomer@example.com');
    await form.getByRole('button', { name: 'Make the link' }).click();
    const made = page.getByRole('dialog', { name: 'Invitation made' });
    const link = await copied(page, made, 'Copy the invitation link');
    expect(link).toBe(await oneTime(made));
    await page.keyboard.press('Escape');
    await made.getByRole('button', { name: 'Done' }).click();
    await page.getByLabel('Show').selectOption('Invited');
    await page.getByText('newcomer@example.com').waitFor();

    const { page: theirs } = await console_.visit({ path: link });
    await theirs.getByLabel('Username').fill('newcomer');
    await theirs.getByLabel('Password').fill(PASSWORD);
    await theirs.getByRole('button', { name: 'Create account' }).click();
    await theirs.getByText('newcomer (analyst)').waitFor();

    await page.reload();
    await page.getByText('No invitation is open').waitFor();
    await page.goto('/admin/people?role=analyst');
    await page.getByRole('row', { name: /newcomer/ }).waitFor();
    expect(await page.getByRole('row', { name: /mel/ }).count()).toBe(0);
    expect(troubles).toEqual([]);
  });

  it('lose an invitation that is revoked', async () => {
    const { id, token } = await admin.post<{ id: number; token: string }>('/invitations', { role: 'member' });
    const { page } = await console_.visitAs('admin', { path: '/admin/people?shelf=invitations' });
    await page.getByRole('button', { name: `Revoke invitation ${id}` }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await toasted(page, `Invitation ${id} revoked`);
    await page.getByText('No invitation is open').waitFor();
    const body = JSON.stringify({ username: 'unwelcome', password: PASSWORD, invitation: token });
    const headers = { 'Content-Type': 'application/json' };
    expect((await fetch(`${console_.url}/api/v1/auth/register`, { method: 'POST', headers, body })).status).toBe(400);
  });

  it('are found by j and Enter; roles change with undo, and access only after a question', async () => {
    const account = await console_.newPerson('zoe', 'analyst');
    const { page, troubles } = await console_.visitAs('admin', { path: '/admin/people' });
    const row = page.getByRole('row', { name: /zoe/ });
    await row.waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    const pane = page.getByRole('complementary', { name: 'zoe' });
    await pane.getByLabel('Role').selectOption('member');
    await toasted(page, 'zoe is member now');
    await row.getByText('member').waitFor();
    await pane.getByRole('heading', { name: 'zoe' }).click();
    await page.keyboard.press('z');
    await row.getByText('analyst').waitFor();

    await pane.getByRole('button', { name: 'Disable' }).click();
    const question = page.getByRole('dialog', { name: 'Disable zoe?' });
    await question.waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await question.getByRole('button', { name: 'Disable' }).click();
    await toasted(page, 'zoe disabled');
    await expect(signIn(console_.url, account)).rejects.toThrow('answered 401');
    await pane.getByRole('button', { name: 'Enable' }).click();
    await toasted(page, 'zoe enabled');
    await signIn(console_.url, account);
    await page.keyboard.press('Escape');
    await pane.waitFor({ state: 'detached' });
    expect(troubles).toEqual([]);
  });

  it('set a new password by a link that an admin hands over', async () => {
    const { username } = await console_.newPerson('otto', 'member');
    const { page } = await console_.visitAs('admin', { path: '/admin/people' });
    await page.getByRole('row', { name: /otto/ }).click();
    await page.getByRole('button', { name: 'Password reset link' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Make the link' }).click();
    const link = await oneTime(page.getByRole('dialog', { name: 'Reset link for otto' }));
    await page.getByRole('button', { name: 'Done' }).click();

    const { page: theirs } = await console_.visit({ path: link });
    await theirs.getByLabel('New password').fill(PASSWORD);
    await theirs.getByRole('button', { name: 'Change password' }).click();
    await theirs.getByRole('link', { name: 'Sign in' }).click();
    await fillSignIn(theirs, { username, password: PASSWORD });
    await theirs.getByText('otto (member)').waitFor();
  });

  it('keep the last admin, whoever asks', async () => {
    const { page } = await console_.visitAs('admin', { path: '/admin/people?role=admin' });
    await page.getByRole('row', { name: /admin/ }).click();
    const role = page.getByRole('complementary', { name: 'admin' }).getByLabel('Role');
    await role.selectOption('member');
    await page
      .getByRole('dialog', { name: 'Make yourself member?' })
      .getByRole('button', { name: 'Change my' })
      .click();
    await page.getByText('This is the last active admin; make another one first.').waitFor();
    expect(await role.inputValue()).toBe('admin');
  });
});

type Posted = { data: { source: string; sensor_id: number }[] };

/** What a request with a sensor's key is answered. */
async function statusOf(key: string): Promise<number> {
  const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` };
  const body = JSON.stringify({ source: 'probe', event_type: 'test', severity: 'low' });
  return (await fetch(`${console_.url}/api/v1/events`, { method: 'POST', headers, body })).status;
}

describe('sensors', () => {
  it('are added with a key whose curl posts an event, whatever they are called', async () => {
    const name = `O'Brien's "door" $HOME ${SCRIPT.slice(0, 40)}`;
    const { page, troubles } = await console_.visitAs('admin', { path: '/admin/sensors' });
    await page.getByText('No sensor yet').waitFor();
    await page.keyboard.press('c');
    const form = page.getByRole('dialog', { name: 'Add a sensor' });
    await form.getByLabel('Name').fill(name);
    await form.getByLabel('Expected interval', { exact: true }).fill('0.5');
    await form.getByRole('button', { name: 'Add' }).click();
    await form.getByText(/expected number to be >=60/).waitFor();
    await form.getByLabel('Expected interval', { exact: true }).fill('15');
    await page.keyboard.press('Enter');
    const shown = page.getByRole('dialog', { name: 'Key of' });
    expect(await copied(page, shown, 'Copy the key')).toMatch(/^ews_/);
    const curl = String(await shown.locator('pre').textContent());
    expect(await accessibilityFaults(page)).toEqual([]);
    const { stdout } = await promisify(execFile)('sh', ['-c', curl]);
    expect(JSON.parse(stdout)).toMatchObject({ source: name });
    await shown.getByRole('button', { name: 'I have kept the key' }).click();

    await page.reload();
    await page.getByRole('row', { name: /O'Brien/ }).click();
    const pane = page.getByRole('complementary', { name: /O'Brien/ });
    await pane.getByText('15 min').waitFor();
    await pane
      .getByRole('region', { name: 'Origins' })
      .getByText(/^Network/)
      .waitFor();
    const { data } = await admin.get<Posted>('/events?event_type=test&limit=1');
    expect(data[0]?.source).toBe(name);
    expect(await page.evaluate('window.ran')).toBeUndefined();
    expect(troubles).toEqual([]);
  });

  it('get a new key while the old one goes on, are changed, paused and revoked', async () => {
    const { key } = await admin.post<{ key: string }>('/sensors', { name: 'gate' });
    await admin.post('/sensors', { name: 'taken' });
    const { page, troubles } = await console_.visitAs('admin', { path: '/admin/sensors?search=gate' });
    await page.getByRole('row', { name: /gate/ }).click();
    const pane = page.getByRole('complementary', { name: /gate/ });
    await pane.getByRole('button', { name: 'Rotate the key' }).click();
    await page.getByLabel('Hours for which').fill('24');
    await page.keyboard.press('Enter');
    const shown = page.getByRole('dialog', { name: 'New key of gate' });
    const rotated = await oneTime(shown);
    await shown.getByRole('button', { name: 'I have kept the key' }).click();
    await pane.getByText(/^Works until/).waitFor();
    expect([await statusOf(key), await statusOf(rotated)]).toEqual([201, 201]);

    await pane.getByRole('button', { name: 'Pause' }).click();
    await toasted(page, 'gate paused');
    expect(await statusOf(rotated)).toBe(401);
    await page.keyboard.press('z');
    await pane.getByText('Enabled').waitFor();
    await expect.poll(() => statusOf(rotated)).toBe(201);

    await page.keyboard.press('e');
    const form = page.getByRole('dialog', { name: 'Change gate' });
    await form.getByLabel('Name').fill('taken');
    await page.keyboard.press('Enter');
    await form.getByText('There is a sensor of this name.').waitFor();
    await form.getByLabel('Name').fill('gatehouse');
    await page.keyboard.press('Enter');
    await toasted(page, 'gatehouse saved');
    await pane.getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await pane.getByText('Revoked').waitFor();
    expect([await statusOf(key), await statusOf(rotated)]).toEqual([401, 401]);
    await pane.getByRole('button', { name: 'Give a new key' }).click();
    await page.getByRole('button', { name: 'Make a new key' }).click();
    expect(await statusOf(await oneTime(page.getByRole('dialog', { name: 'New key of gatehouse' })))).toBe(201);
    expect(troubles).toEqual([]);
  });

  it('are searched by /, and none of them may match', async () => {
    const { page } = await console_.visitAs('admin', { path: '/admin/sensors' });
    await page.keyboard.press('/');
    await page.keyboard.type('nothing is called this');
    await page.waitForURL(/search=nothing/);
    await page.getByText('No sensor matches').waitFor();
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await page.getByRole('row').nth(1).waitFor();
  });
});

describe('the audit log', () => {
  it('is filtered in its address, and shows what a change made another', async () => {
    const { page, troubles } = await console_.visitAs('admin', { path: '/admin/audit-log' });
    await page.getByRole('row').nth(1).waitFor();
    await page.keyboard.press('f');
    const form = page.getByRole('dialog', { name: 'Filter the audit log' });
    await form.getByLabel('Actor').fill('admin');
    await form.getByLabel('Action').fill('user.update');
    await form.getByLabel('From').fill('2020-01-01T00:00');
    await page.keyboard.press('Enter');
    await page.waitForURL(/actor=user%3Aadmin&action=user.update&from=20/);
    await page
      .getByRole('row', { name: /user.update/ })
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'From' }).click();
    await page.waitForURL((url) => !url.searchParams.has('from'));
    await page
      .getByRole('row', { name: /user.update/ })
      .first()
      .waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    const difference = page.getByRole('region', { name: 'Difference' });
    await difference.getByText('disabled').waitFor();
    expect(await difference.getByLabel('Before').count()).toBe(1);
    expect(await difference.getByLabel('After').count()).toBe(1);
    await page.getByRole('button', { name: 'Actions for target' }).click();
    await page.getByRole('menuitem', { name: 'Only this target' }).click();
    await page.waitForURL(/target=user%3A/);
    await page.getByRole('button', { name: 'JSON' }).click();
    await page.getByText('"request_id"').waitFor();
    await page.goto('/admin/audit-log?action=no.such');
    await page.getByText('No row matches these filters').waitFor();
    expect(troubles).toEqual([]);
  });

  it('says that there is more, and shows it when asked; what was written there does not run', async () => {
    const { page } = await console_.visitAs('admin', { path: '/admin/audit-log?action=sensor.create' });
    await page.getByRole('row').nth(1).waitFor();
    const before = await page.getByRole('row').count();
    const { id } = await admin.post<{ id: number }>('/sensors', { name: `late ${SCRIPT}` });
    await page.getByRole('button', { name: 'New rows' }).waitFor();
    expect(await page.getByRole('row').count()).toBe(before);
    await page.keyboard.press('.');
    await page.getByRole('row', { name: `sensor:${id}` }).click();
    await page.getByText(`late ${SCRIPT}`).waitFor();
    expect(await page.evaluate('window.ran')).toBeUndefined();
  });

  it('is verified against its seals, and leaves as CSV, NDJSON and seals', async () => {
    const { page, troubles } = await console_.visitAs('admin', { path: '/admin/audit-log' });
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByRole('status').getByText('Nothing was altered').waitFor();
    expect(await page.getByRole('region', { name: 'Examined' }).textContent()).toMatch(/Rows[1-9]/);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await saved(page, 'Rows as CSV')).toMatch(/^id,timestamp,actor/);
    const [first = ''] = (await saved(page, 'Rows as NDJSON')).split('\n');
    expect(JSON.parse(first)).toMatchObject({ id: 1 });
    await saved(page, 'Signed seals');
    expect(troubles).toEqual([]);
  });
});

describe('the verification', () => {
  it('goes on as long as the log does, and names what was altered', async () => {
    const { page } = await console_.visitAs('admin', { path: '/admin/audit-log' });
    const second = Promise.withResolvers<void>();
    await page.route('**/auditlogs/verify?*', async (route) => {
      const isFirst = route.request().url().endsWith('from_id=1');
      if (!isFirst) await second.promise;
      const fault = { kind: 'changed', first_id: 17, last_id: 17, sealed_as: null, detail: 'was altered' };
      const json = {
        status: isFirst ? 'ok' : 'broken',
        verified_through: 20_000,
        next_from: isFirst ? 2 : null,
        rows_checked: 20_000,
        seals_checked: 4,
        unsealed_rows: 0,
        faults: isFirst ? [] : [fault],
        fault_count: isFirst ? 0 : 1,
        public_keys: ['key'],
      };
      await route.fulfill({ json });
    });
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByText('20,000 rows so far').waitFor();
    expect(await page.getByRole('progressbar', { name: 'Verifying' }).getAttribute('aria-valuenow')).not.toBeNull();
    second.resolve();
    await page.getByText('1 fault found').waitFor();
    await page.getByText('Row 17').waitFor();
    await page.getByText('40,000').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });
});

async function saved(page: Page, entry: string): Promise<string> {
  await page.getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: entry }).click(),
  ]);
  await page.getByRole('button', { name: 'Export' }).waitFor();
  return readFile(await download.path(), 'utf8');
}

describe('settings', () => {
  it('show what is in force and no secret, and are searched', async () => {
    const { page } = await console_.visitAs('admin', { path: '/admin/settings' });
    const registration = page.getByRole('listitem').filter({ hasText: 'REGISTRATION' });
    await registration.getByText('invite', { exact: true }).last().waitFor();
    await page.getByRole('listitem').filter({ hasText: 'JWT_SECRET' }).getByText('Secret, set').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('retention');
    await page.waitForURL(/search=retention/);
    await registration.waitFor({ state: 'detached' });
    await page.getByText('EVENT_RETENTION_DAYS').waitFor();
    await page.goto('/admin/settings?search=no-such-setting');
    await page.getByText('No setting matches').waitFor();
  });
});

const PATHS = [
  '/admin',
  '/admin/people',
  '/admin/people?preview=1',
  '/admin/people?new=true',
  '/admin/people?shelf=invitations',
  '/admin/sensors?preview=1',
  '/admin/sensors?new=true',
  '/admin/audit-log?preview=1&action=sensor.create',
  '/admin/audit-log?open=filter',
  '/admin/audit-log?open=verify',
  '/admin/settings',
];

describe('every page of Admin', () => {
  it('is accessible in both themes, and no wider than a phone', async () => {
    await admin.post('/invitations', { role: 'member', email: 'waiting@example.com' });
    const { page, troubles } = await console_.visitAs('admin', { path: '/admin' });
    for (const path of PATHS) {
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.goto(path);
      await page.getByRole('heading', { level: 1, includeHidden: true }).waitFor();
      await page.waitForLoadState('networkidle').catch(() => undefined);
      expect(await accessibilityFaults(page), path).toEqual([]);
      await page.setViewportSize(PHONE.viewport);
      await expect
        .poll(() => page.evaluate('document.documentElement.scrollWidth'), { message: path })
        .toBeLessThanOrEqual(390);
    }
    expect(troubles).toEqual([]);
  });

  it('is one menu away on a phone', async () => {
    const { page } = await console_.visitAs('admin', { path: '/admin', ...PHONE });
    await page
      .getByRole('main')
      .getByRole('link', { name: /^People/ })
      .click();
    await page.getByRole('navigation', { name: 'Admin' }).getByRole('button').click();
    await page.getByRole('menuitem', { name: 'Sensors' }).click();
    await page.waitForURL(/\/admin\/sensors/);
    await page.getByRole('heading', { name: 'Sensors', level: 1 }).waitFor();
  });
});
