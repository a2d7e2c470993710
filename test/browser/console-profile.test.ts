import { readFile } from 'node:fs/promises';
import { TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Account, signIn } from '../../scripts/local/api.ts';
import { accessibilityFaults, type ConsoleUnderTest, fillSignIn, PHONE, startConsole } from '../support/console.ts';

const SCRIPT = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>';
/** A busy machine may take its time. */
const SOON = { timeout: 20_000 };
const NEW_PASSWORD = 'a longer passphrase than before';

let console_: ConsoleUnderTest;

beforeAll(async () => {
  console_ = await startConsole();
});
afterAll(() => console_?.stop());

/** The profile of a new person. */
async function visitProfile(username: string, options: Parameters<ConsoleUnderTest['visit']>[0] = {}) {
  const account = await console_.newPerson(username, 'analyst');
  const visited = await console_.visit({ path: '/profile', ...options });
  await fillSignIn(visited.page, account);
  await visited.page.getByRole('heading', { name: 'Profile' }).waitFor();
  return { ...visited, account };
}

const region = (page: Page, name: string) => page.getByRole('region', { name });

/** Signs in somewhere else, as a program or another browser does. */
async function signInElsewhere({ username, password }: Account, userAgent: string) {
  const headers = { 'Content-Type': 'application/json', 'User-Agent': userAgent };
  const body = JSON.stringify({ username, password });
  const response = await fetch(`${console_.url}/api/v1/token`, { method: 'POST', headers, body });
  expect(response.status).toBe(200);
  const { access } = (await response.json()) as { access: string };
  const me = `${console_.url}/api/v1/auth/me`;
  return async () => (await fetch(me, { headers: { Authorization: `Bearer ${access}` } })).status;
}

/** A code of the app. Codes work once, and those of the neighbouring half minutes are taken, too. */
const codeOf = (secret: string, halfMinutes = 0) =>
  new TOTP({ secret }).generate({ timestamp: Date.now() + halfMinutes * 30_000 });

describe('the account', () => {
  it('says who one is, and takes an e-mail address or tells what is wrong with it', async () => {
    const { page, troubles } = await visitProfile('pat-email');
    const account = region(page, 'Account');
    await account.getByText('pat-email').waitFor();
    await account.getByText('analyst', { exact: true }).waitFor();
    await account.getByLabel('E-mail address').fill(SCRIPT);
    await page.keyboard.press('Enter');
    await expect.poll(() => account.getByLabel('E-mail address').getAttribute('aria-invalid'), SOON).toBe('true');
    await account.getByLabel('E-mail address').fill('pat@example.com');
    await page.keyboard.press('Enter');
    await page.getByText('E-mail address saved').waitFor();
    await page.reload();
    await expect.poll(() => account.getByLabel('E-mail address').inputValue(), SOON).toBe('pat@example.com');
    expect(await page.evaluate('window.ran')).toBeUndefined();
    expect(troubles).toEqual([]);
  });
});

describe('the password', () => {
  it('is changed by who knows it, when the new one is good; other sessions end then', async () => {
    const { page, account, troubles } = await visitProfile('pat-password');
    const statusElsewhere = await signInElsewhere(account, 'curl/8.5.0');
    const form = region(page, 'Change password');
    await form.getByLabel('Current password').fill('not the password');
    await form.getByLabel('New password').fill(NEW_PASSWORD);
    await page.keyboard.press('Enter');
    await form.getByText('Is wrong.').waitFor();
    await form.getByLabel('Current password').fill(account.password);
    await form.getByLabel('New password').fill('short');
    await page.keyboard.press('Enter');
    await form.getByText(/Must have at least/).waitFor();
    await form.getByLabel('New password').fill(NEW_PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByText('Password changed', { exact: true }).waitFor();
    await expect.poll(() => form.getByLabel('Current password').inputValue(), SOON).toBe('');
    expect(await statusElsewhere()).toBe(401);
    await expect.poll(() => region(page, 'Sessions').getByRole('listitem').count(), SOON).toBe(1);
    await signIn(console_.url, { ...account, password: NEW_PASSWORD });
    expect(troubles).toEqual([]);
  });
});

describe('two-factor sign-in', () => {
  it('is turned on by a code, gives recovery codes once, renews them, and is turned off again', async () => {
    const { page, account, troubles } = await visitProfile('pat-totp');
    const section = region(page, 'Two-factor sign-in');
    await section.getByRole('button', { name: 'Turn on' }).click();
    await section.getByLabel('Your password').fill('not the password');
    await page.keyboard.press('Enter');
    await section.getByText('Is wrong.').waitFor();
    await section.getByLabel('Your password').fill(account.password);
    await page.keyboard.press('Enter');
    await section.getByRole('img', { name: 'QR code of the secret' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    const secret = await section.getByRole('code').textContent();
    await section.getByLabel('Code of the app').fill('000000');
    await page.keyboard.press('Enter');
    await section.getByText(/wrong/).waitFor();
    await section.getByLabel('Code of the app').fill(codeOf(secret ?? '', -1));
    await page.keyboard.press('Enter');
    await section.getByText('Keep these recovery codes').waitFor();
    const codes = await section.getByRole('listitem').allTextContents();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      section.getByRole('button', { name: 'Save as a file' }).click(),
    ]);
    expect((await readFile(await download.path(), 'utf8')).trim().split('\n')).toEqual(codes);
    await section.getByRole('button', { name: 'I have kept them' }).click();
    await section.getByText('It is on.').waitFor();

    await section.getByRole('button', { name: 'New recovery codes' }).click();
    const renewal = page.getByRole('dialog', { name: 'New recovery codes' });
    await renewal.getByLabel('Your password').fill(account.password);
    await renewal.getByLabel('One-time code').fill('000000');
    await page.keyboard.press('Enter');
    await renewal.getByText('Is wrong or was used already.').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await renewal.getByLabel('One-time code').fill(codes[0] ?? '');
    await page.keyboard.press('Enter');
    const renewed = page.getByRole('dialog', { name: 'Your new recovery codes' });
    await renewed.getByText('Keep these recovery codes').waitFor();
    const [newCode = ''] = await renewed.getByRole('listitem').allTextContents();
    await page.keyboard.press('Escape');
    await renewed.getByRole('button', { name: 'I have kept them' }).click();
    await renewed.waitFor({ state: 'detached' });

    await section.getByRole('button', { name: 'Turn off' }).click();
    const off = page.getByRole('dialog', { name: 'Turn two-factor sign-in off?' });
    await off.getByLabel('Your password').fill(account.password);
    await off.getByLabel('One-time code').fill(codes[1] ?? '');
    await page.keyboard.press('Enter');
    await off.getByText('Is wrong or was used already.').waitFor();
    await off.getByLabel('One-time code').fill(newCode);
    await page.keyboard.press('Enter');
    await section.getByText('It is off.').waitFor();
    await signIn(console_.url, account);
    expect(troubles).toEqual([]);
  });
});

describe('sessions', () => {
  it('are listed with what they run on; one is ended, then all', async () => {
    const { page, account, troubles } = await visitProfile('pat-sessions');
    const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
    const statusInFirefox = await signInElsewhere(account, firefox);
    const statusOfScript = await signInElsewhere(account, SCRIPT);
    await page.reload();
    const list = region(page, 'Sessions').getByRole('list', { name: 'Sessions' });
    await list.getByText(SCRIPT).waitFor();
    expect(await page.evaluate('window.ran')).toBeUndefined();
    await list.getByRole('listitem').filter({ hasText: 'This one' }).getByText('Chrome on Linux').waitFor();
    await list.getByRole('button', { name: 'End session on Firefox on Linux' }).click();
    const ending = page.getByRole('dialog', { name: 'End this session?' });
    await ending.getByRole('button', { name: 'End session' }).click();
    await list.getByText('Firefox on Linux').waitFor({ state: 'detached' });
    expect([await statusInFirefox(), await statusOfScript()]).toEqual([401, 200]);

    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Search or go' }).waitFor();
    await page.keyboard.type('sign out everywhere');
    await page.keyboard.press('Enter');
    const everywhere = page.getByRole('dialog', { name: 'Sign out everywhere?' });
    await everywhere.getByRole('button', { name: 'Cancel' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await everywhere.getByRole('button', { name: 'Sign out everywhere' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await statusOfScript()).toBe(401);
    expect(troubles).toEqual([]);
  });

  it('that cannot be listed say so, and are asked for again', async () => {
    const { page } = await visitProfile('pat-failing');
    await page.route('**/api/v1/auth/sessions', (route) =>
      route.fulfill({ status: 500, contentType: 'application/problem+json', body: '{"title":"Something failed"}' }),
    );
    await page.reload();
    await region(page, 'Sessions').getByText('Something failed').waitFor();
    await page.unroute('**/api/v1/auth/sessions');
    await region(page, 'Sessions').getByRole('button', { name: 'Try again' }).click();
    await region(page, 'Sessions').getByText('This one').waitFor();
  });
});

describe('preferences', () => {
  it('are in force at once and after a reload', async () => {
    const { page } = await visitProfile('pat-preferences');
    const section = region(page, 'Preferences');
    await section.getByLabel('Theme').selectOption('dark');
    await section.getByLabel('Density').selectOption('compact');
    await section.getByLabel('Times').selectOption('utc');
    await region(page, 'Account').getByText(/ UTC$/).first().waitFor();
    await page.reload();
    await expect.poll(() => section.getByLabel('Theme').inputValue(), SOON).toBe('dark');
    expect(await page.evaluate('JSON.stringify({ ...document.documentElement.dataset })')).toBe(
      '{"theme":"dark","density":"compact"}',
    );
  });
});

describe('the page', () => {
  it('has no fault that axe knows, in either theme, and fits a phone', async () => {
    const { page, troubles } = await visitProfile('pat', PHONE);
    await region(page, 'Sessions').getByText('This one').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    expect(troubles).toEqual([]);
  });
});
