import { TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIn } from '../../scripts/local/api.ts';
import { accessibilityFaults, type ConsoleUnderTest, fillSignIn, PHONE, startConsole } from '../support/console.ts';

const SCHEMES = ['light', 'dark'] as const;

let console_: ConsoleUnderTest;

beforeAll(async () => {
  console_ = await startConsole();
});
afterAll(() => console_?.stop());

/** A person with 2FA on; their authenticator, and codes to use instead. */
async function personWithTotp(username: string) {
  const account = await console_.newPerson(username, 'analyst');
  const api = await signIn(console_.url, account);
  const { secret } = await api.post<{ secret: string }>('/auth/totp', { password: account.password });
  const app = new TOTP({ secret });
  // A code counts once; the one before is still taken, so that the present one is left.
  const otp = app.generate({ timestamp: Date.now() - 30_000 });
  const { recovery_codes: codes } = await api.post<{ recovery_codes: string[] }>('/auth/totp/confirm', { otp });
  return { account, app, codes };
}

describe('a stranger', () => {
  it('is asked to sign in, told when it was wrong, and taken to where they were going', async () => {
    const { page, troubles } = await console_.visit({ path: '/alerts?status=open' });
    const { username, password } = console_.accounts.analyst;
    await page.getByLabel('Username').fill(username);
    await page.getByLabel('Password').fill('not the password');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('is wrong').waitFor();
    await page.getByLabel('Password').fill(password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Alerts' }).waitFor();
    expect(page.url()).toBe(`${console_.url}/alerts?status=open`);
    expect(await page.title()).toBe('Alerts · Edgewatch');
    expect(troubles).toEqual([]);
  });

  it('is not sent to another site after the sign-in', async () => {
    const { page } = await console_.visit({ path: '/sign-in?from=//evil.example/x' });
    await fillSignIn(page, console_.accounts.member);
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    expect(page.url()).toBe(`${console_.url}/`);
  });
});

describe('a second factor', () => {
  it('is asked for after the password; a wrong code is refused and the right one taken', async () => {
    const { account, app } = await personWithTotp('totp-app');
    const { page, troubles } = await console_.visit({ path: '/alerts' });
    await page.getByLabel('Username').fill(account.username);
    await page.getByLabel('Password').fill(account.password);
    await page.keyboard.press('Enter');
    await page.getByLabel('One-time code').fill('000000');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('is wrong').waitFor();
    await page.getByLabel('One-time code').fill(app.generate());
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Alerts' }).waitFor();
    expect(troubles).toEqual([]);
  });

  it('may be a recovery code', async () => {
    const { account, codes } = await personWithTotp('totp-lost');
    const { page } = await console_.visit({ path: '/alerts' });
    await page.getByLabel('Username').fill(account.username);
    await page.getByLabel('Password').fill(account.password);
    await page.keyboard.press('Enter');
    await page.getByLabel('One-time code').fill(codes[0] ?? '');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Alerts' }).waitFor();
  });
});

describe('a session', () => {
  it('outlives a reload, and its tokens are where no script finds them', async () => {
    const { page, troubles } = await console_.visitAs('analyst', { path: '/alerts' });
    await page.reload();
    await page.getByRole('heading', { name: 'Alerts' }).waitFor();
    const kept = await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])');
    expect(kept).not.toMatch(/eyJ|refresh/);
    expect(troubles).toEqual([]);
  });

  it('is shared by two tabs that renew it at once', async () => {
    const { page } = await console_.visitAs('analyst', { path: '/alerts' });
    const other = await page.context().newPage();
    await Promise.all([page.reload(), other.goto('/alerts')]);
    await Promise.all([page, other].map((tab) => tab.getByRole('heading', { name: 'Alerts' }).waitFor()));
  });

  it('ends by signing out', async () => {
    const { page } = await console_.visitAs('member', { path: '/alerts' });
    await page.getByRole('button', { name: 'mel (member)' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.goto('/alerts');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });
});

describe('a link', () => {
  const PASSWORD = 'a longer passphrase than before';
  const pathOf = (link: string) => link.replace(console_.url, '');

  it('invites: it opens an account with the role that it names, and leaves the address bar', async () => {
    const { link } = await (await console_.api('admin')).post<{ link: string }>('/invitations', { role: 'analyst' });
    const { page, troubles } = await console_.visit({ path: pathOf(link) });
    await page.getByLabel('Username').fill('newcomer');
    await page.getByLabel('Password').fill('short');
    await page.keyboard.press('Enter');
    await page.getByText('Must have at least 12 characters').waitFor();
    expect(page.url()).toBe(`${console_.url}/register`);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'newcomer (analyst)' }).waitFor();
    expect(troubles).toEqual([]);
  });

  it('resets a password, once', async () => {
    const admin = await console_.api('admin');
    const { username } = await console_.newPerson('forgetful', 'member');
    const { data } = await admin.get<{ data: { id: number; username: string }[] }>('/users?limit=100');
    const id = data.find((user) => user.username === username)?.id;
    const { link } = await admin.post<{ link: string }>(`/users/${id}/reset`, {});
    const { page } = await console_.visit({ path: pathOf(link) });
    await page.getByLabel('New password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Sign in' }).click();
    await fillSignIn(page, { username, password: PASSWORD });
    const again = await console_.visit({ path: pathOf(link) });
    await again.page.getByLabel('New password').fill(PASSWORD);
    await again.page.keyboard.press('Enter');
    await again.page.getByRole('alert').getByText('token').waitFor();
  });
});

describe('in either theme', () => {
  it('sign-in, list, shortcuts and palette have no fault that axe finds, and break no policy', async () => {
    const { page, troubles } = await console_.visit({ path: '/alerts' });
    await page.getByLabel('Username').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await fillSignIn(page, console_.accounts.analyst);
    await page.getByText('No alerts yet').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Search or go' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(troubles).toEqual([]);
  });

  it.each(SCHEMES)('the theme chosen over %s is there at the first paint after a reload', async (colorScheme) => {
    const { page } = await console_.visitAs('analyst', { path: '/alerts', colorScheme });
    const other = colorScheme === 'light' ? 'Dark' : 'Light';
    await page.getByRole('button', { name: 'ann (analyst)' }).click();
    await page.getByRole('menuitemradio', { name: other }).click();
    await page.reload({ waitUntil: 'commit' });
    await expect.poll(() => page.evaluate("performance.getEntriesByType('paint').length")).toBeGreaterThan(0);
    expect(await page.evaluate('getComputedStyle(document.documentElement).colorScheme')).toBe(other.toLowerCase());
  });
});

describe('at phone width', () => {
  it('the navigation is a menu, and nothing is wider than the screen', async () => {
    const { page, troubles } = await console_.visitAs('analyst', { path: '/alerts', ...PHONE });
    await page.getByRole('button', { name: 'Navigation' }).click();
    await page.getByRole('menuitem', { name: 'Incidents' }).click();
    await page.getByRole('heading', { name: 'Incidents' }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(troubles).toEqual([]);
  });
});

describe('what is served', () => {
  const ask = (path: string, accept: string) => fetch(console_.url + path, { headers: { Accept: accept } });

  it.each(['/', '/alerts', '/incidents/17', '/sign-in'])('is the page at %s, with a strict policy', async (path) => {
    const { status, headers } = await ask(path, 'text/html');
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-cache']);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe|https?:|\*/);
  });

  it('is kept for good where names carry a hash, and is 404 where a file is gone', async () => {
    const html = await (await ask('/', 'text/html')).text();
    const script = html.match(/\/console\/[\w-]+\.js/)?.[0] ?? '';
    expect((await ask(script, '*/*')).headers.get('cache-control')).toContain('immutable');
    for (const gone of ['/console/gone.js', '/assets/x.js', '/alerts.json']) {
      expect((await ask(gone, '*/*')).status).toBe(404);
    }
  });
});
