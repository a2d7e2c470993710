import { afterAll, beforeAll, expect, it } from 'vitest';
import { CLIENT } from '../support/code-grant.ts';
import { accessibilityFaults, type ConsoleUnderTest, fillSignIn, startConsole } from '../support/console.ts';
import { startIssuer } from '../support/issuer.ts';

let issuer: Awaited<ReturnType<typeof startIssuer>>;
let console_: ConsoleUnderTest;

beforeAll(async () => {
  issuer = await startIssuer();
  console_ = await startConsole({
    env: {
      OIDC_ISSUER: issuer.url,
      OIDC_JWKS_URL: `${issuer.url}/jwks`,
      OIDC_AUDIENCE: 'edgewatch',
      OIDC_ROLES: 'soc:analyst,root:admin',
      OIDC_CLIENT_ID: CLIENT.id,
      OIDC_CLIENT_SECRET: CLIENT.secret,
    },
  });
});
afterAll(async () => {
  await console_?.stop();
  await issuer?.stop();
});

const wayIn = { name: 'Sign in with single sign-on' };

it('signs a person in whom the issuer vouches for, leads on to where they were going, and outlives a reload', async () => {
  issuer.signsIn({ email: 'sso@example.com' });
  const { page, troubles } = await console_.visit({ path: '/alerts?status=open' });
  await page.getByRole('link', wayIn).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('link', wayIn).click();
  await page.getByRole('link', { name: 'Agree' }).click();
  await page.getByRole('heading', { name: 'Alerts' }).waitFor();
  expect(page.url()).toBe(`${console_.url}/alerts?status=open`);
  await page.getByRole('button', { name: 'sso@example.com (analyst)' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Alerts' }).waitFor();
  const kept = await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])');
  expect(kept).not.toMatch(/eyJ|sso|refresh/);
  await page.goto('/profile');
  await page.getByText('Your identity provider signs you in.').waitFor();
  expect(await page.getByLabel('New password').count()).toBe(0);
  await page.getByRole('button', { name: 'sso@example.com (analyst)' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(troubles).toEqual([]);
});

it('begins at the start page of the issuer, too', async () => {
  issuer.signsIn({ email: 'direct@example.com', groups: ['root'] });
  const { page } = await console_.visit({ path: '/api/v1/auth/sso' });
  await page.getByRole('link', { name: 'Agree' }).click();
  await page.getByRole('button', { name: 'direct@example.com (admin)' }).waitFor();
  expect(page.url()).toBe(`${console_.url}/`);
});

it('goes on where it was when the session ends in mid-work', async () => {
  const email = 'interrupted@example.com';
  issuer.signsIn({ email });
  const { page } = await console_.visit({ path: '/profile' });
  await page.getByRole('link', wayIn).click();
  await page.getByRole('link', { name: 'Agree' }).click();
  await page.getByLabel('E-mail address').fill('draft@example.com');
  const headers = { Authorization: `Bearer ${await issuer.token({ email })}` };
  await fetch(`${console_.url}/api/v1/auth/sessions`, { method: 'DELETE', headers });
  await page.getByRole('button', { name: 'Save address' }).click();
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
  const [tab] = await Promise.all([
    page.waitForEvent('popup'),
    dialog.getByRole('link', { name: 'Sign in with single sign-on (new tab)' }).click(),
  ]);
  await tab.getByRole('link', { name: 'Agree' }).click();
  await page.getByText('E-mail address saved').waitFor();
  expect(await page.getByLabel('E-mail address').inputValue()).toBe('draft@example.com');
});

it('says why nobody was signed in, and a password still does it', async () => {
  issuer.signsIn({ email: 'visitor@example.com', groups: ['visitors'] });
  const { page } = await console_.visit({ path: '/incidents' });
  await page.getByRole('link', wayIn).click();
  await page.getByRole('link', { name: 'Decline' }).click();
  await page.getByRole('alert').getByText('did not sign you in').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('link', wayIn).click();
  await page.getByRole('link', { name: 'Agree' }).click();
  await page.getByRole('alert').getByText('you may not use this instance').waitFor();
  await page.goBack();
  await page.getByRole('link', { name: 'Agree' }).click();
  await page.getByRole('alert').getByText('not begun in this browser').waitFor();
  await page.goto('/sign-in?sso=done&from=//evil.example');
  await page.getByRole('alert').getByText('The session has not begun').waitFor();
  await fillSignIn(page, console_.accounts.analyst);
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
});
