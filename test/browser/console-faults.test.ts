import type { Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Account, Api } from '../../scripts/local/api.ts';
import { accessibilityFaults, type ConsoleUnderTest, fillSignIn, startConsole } from '../support/console.ts';

const API = '**/api/v1/**';
const BANNER = 'No connection to Edgewatch';

let console_: ConsoleUnderTest;
let ann: Api;

beforeAll(async () => {
  console_ = await startConsole();
  ann = await console_.api('analyst');
});
afterAll(() => console_?.stop());

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });

const goTo = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true }).click();

/** The id of an open alert. */
async function raiseAlert(source: string): Promise<number> {
  await ann.post('/events', { source, event_type: 'scan', severity: 'high' });
  const found = async () => (await ann.get<{ data: { id: number }[] }>(`/alerts?source=${source}`)).data[0]?.id;
  await expect.poll(found, { timeout: 30_000 }).toBeDefined();
  return (await found()) as number;
}

const openIncident = (title: string) => ann.post<{ id: number }>('/incidents', { title, service: 'vpn' });

/** Ends every session of somebody, as a changed password does. */
async function endAllSessions({ username, password }: Account): Promise<void> {
  const headers = { 'Content-Type': 'application/json' };
  const body = JSON.stringify({ username, password });
  const response = await fetch(`${console_.url}/api/v1/token`, { method: 'POST', headers, body });
  const { access } = (await response.json()) as { access: string };
  const authorization = { Authorization: `Bearer ${access}` };
  await fetch(`${console_.url}/api/v1/auth/sessions`, { method: 'DELETE', headers: authorization });
}

describe('without an API', () => {
  it('a banner says so, and list and page come by themselves when it is back', async () => {
    await raiseAlert('down');
    const { page, troubles } = await console_.visitAs('analyst', { path: '/incidents' });
    await page.route(API, (route) => route.abort('connectionrefused'));
    await goTo(page, 'Alerts');
    await page.getByText(BANNER).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.unroute(API);
    await page.getByText(BANNER).waitFor({ state: 'detached' });
    await page.getByRole('row', { name: /down/ }).waitFor();
    expect(troubles.filter((trouble) => !trouble.includes('ERR_'))).toEqual([]);
  });

  it('a page that is opened says so, and comes by itself when it is back', async () => {
    const { page } = await console_.visitAs('analyst');
    await page.route(API, (route) => route.abort('connectionrefused'));
    await page.goto('/incidents');
    await page.getByText(BANNER).waitFor();
    await page.unroute(API);
    await heading(page, 'Incidents').waitFor();
  });

  it('the sign-in says so and takes the next try', async () => {
    const { page } = await console_.visit({ path: '/sign-in' });
    await page.getByLabel('Username').fill(console_.accounts.member.username);
    await page.getByLabel('Password').fill(console_.accounts.member.password);
    await page.route(API, (route) => route.abort('connectionrefused'));
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('No answer came').waitFor();
    await page.unroute(API);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await heading(page, 'Overview').waitFor();
  });

  it('something before it may answer in its place: the list is tried again', async () => {
    await openIncident('Behind the gateway');
    const { page } = await console_.visitAs('analyst', { path: '/alerts' });
    const fail = (route: Route) =>
      route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' });
    await page.route('**/api/v1/incidents?*', fail);
    await goTo(page, 'Incidents');
    await page.getByText('Edgewatch is busy').waitFor();
    await page.unroute('**/api/v1/incidents?*');
    await page.getByText('Edgewatch is busy').waitFor({ state: 'detached' });
    await page.getByRole('row', { name: /Behind the gateway/ }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});

describe('offline', () => {
  it('a banner says so, pages not yet loaded wait, and what was changed is sent afterwards', async () => {
    const { id } = await openIncident('Written offline');
    const { page } = await console_.visitAs('analyst', { path: `/incidents/${id}` });
    await page.getByLabel('Write a note').fill('Seen on the train');
    await page.context().setOffline(true);
    await page.getByText(BANNER).waitFor();
    await page.getByRole('button', { name: 'Add note' }).click();
    expect(await page.getByLabel('Write a note').inputValue()).toBe('Seen on the train');
    await page.context().setOffline(false);
    await page.getByRole('listitem').getByText('Seen on the train').waitFor();
    await expect.poll(() => page.getByLabel('Write a note').inputValue()).toBe('');
  });

  it('a page that is not loaded yet comes when there is a connection', async () => {
    const { page } = await console_.visitAs('analyst', { path: '/alerts' });
    await page.context().setOffline(true);
    await page.getByText(BANNER).waitFor();
    await goTo(page, 'Events');
    await page.context().setOffline(false);
    await page.getByText(BANNER).waitFor({ state: 'detached' });
    await heading(page, 'Events').waitFor();
  });
});

describe('a session that ended in mid-work', () => {
  it('is begun again over the page: the half-written note stays, and is sent', async () => {
    const account = await console_.newPerson('interrupted', 'analyst');
    const { id } = await openIncident('Interrupted');
    const { page, troubles } = await console_.visit({ path: `/incidents/${id}` });
    await fillSignIn(page, account);
    await page.getByLabel('Write a note').fill('Half a sentence');
    await endAllSessions(account);
    await page.keyboard.press('Control+Enter');
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
    expect(await dialog.getByLabel('Username').inputValue()).toBe('interrupted');
    expect(await page.getByLabel('Write a note').inputValue()).toBe('Half a sentence');
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog.getByLabel('Password').fill('not the password');
    await page.keyboard.press('Enter');
    await dialog.getByText('is wrong').waitFor();
    await dialog.getByLabel('Password').fill(account.password);
    await page.keyboard.press('Enter');
    await page.getByRole('listitem').getByText('Half a sentence').waitFor();
    await dialog.waitFor({ state: 'detached' });
    expect(troubles).toEqual([]);
  });

  it('may be left for another person', async () => {
    const account = await console_.newPerson('leaving', 'member');
    const { page } = await console_.visit({ path: '/alerts' });
    await fillSignIn(page, account);
    await heading(page, 'Alerts').waitFor();
    await endAllSessions(account);
    await goTo(page, 'Incidents');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /someone else/ })
      .click();
    await fillSignIn(page, console_.accounts.member);
    await heading(page, 'Overview').waitFor();
  });
});

describe('what is refused', () => {
  it('is said by pages for admins, which lead back', async () => {
    const { page, troubles } = await console_.visitAs('analyst', { path: '/admin' });
    await page.getByText('These pages are for admins.').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('link', { name: 'Go to the overview' }).click();
    await heading(page, 'Overview').waitFor();
    expect(troubles).toEqual([]);
  });

  it('is taken back on the screen and told, when the API refuses', async () => {
    const { id } = await openIncident('Not for you');
    const { page } = await console_.visitAs('analyst', { path: `/incidents/${id}` });
    const detail = 'Your role does not allow this.';
    const json = { type: '/problems#forbidden', title: 'Not allowed', status: 403, detail };
    await page.route('**/mitigate', (route) => route.fulfill({ status: 403, json }));
    await page.getByRole('button', { name: 'Mitigate' }).click();
    await page.getByRole('alert').getByText(detail).waitFor();
    await page.getByRole('button', { name: 'Mitigate' }).waitFor();
  });

  it('for now, by a quota, has a countdown; list and change go on by themselves', async () => {
    const alert = await raiseAlert('limited');
    const { page } = await console_.visitAs('analyst');
    const refuse = (seconds: string) => (route: Route) =>
      route.fulfill({ status: 429, headers: { 'Retry-After': seconds }, json: { type: '/problems#rate_limited' } });
    await page.route('**/api/v1/alerts?*', refuse('3'), { times: 1 });
    await goTo(page, 'Alerts');
    await page.getByText(/Too many requests. Going on in \d s/).waitFor();
    await page.getByRole('row', { name: /limited/ }).click();
    await page.getByText('Too many requests').waitFor({ state: 'detached' });
    await page.route('**/assign', refuse('2'), { times: 1 });
    await page.keyboard.press('m');
    await page.getByText(/Too many requests. Going on in \d s/).waitFor();
    const assignee = async () => (await ann.get<{ assignee: string | null }>(`/alerts/${alert}`)).assignee;
    await expect.poll(assignee, { timeout: 30_000 }).toBe('ann');
  });
});

describe('what is not there', () => {
  it('is said by unknown addresses, which lead back', async () => {
    const { page, troubles } = await console_.visitAs('analyst', { path: '/nowhere' });
    await page.getByText('Nothing lives at this address').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('link', { name: 'Go to the overview' }).click();
    await heading(page, 'Overview').waitFor();
    expect(troubles).toEqual([]);
  });

  it.each([
    ['/alerts/999999', 'All alerts', 'Alerts'],
    ['/alerts/no-number', 'All alerts', 'Alerts'],
    ['/events/999999', 'All events', 'Events'],
    ['/incidents/999999', 'All incidents', 'Incidents'],
  ])('is said at %s, which leads back to the list', async (path, link, title) => {
    const { page, troubles } = await console_.visitAs('analyst', { path });
    await page.getByRole('main').getByRole('alert').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('link', { name: link }).click();
    await heading(page, title).waitFor();
    expect(troubles).toEqual([]);
  });

  it('is left out of an address that is made up or old', async () => {
    const { page, troubles } = await console_.visitAs('analyst', {
      path: '/alerts?status=nonsense&severity=,,-&from=yesterday&preview=x&sort=none',
    });
    await page.getByRole('grid', { name: 'Alerts' }).waitFor();
    expect(troubles).toEqual([]);
  });

  it('may be a part of the console itself, after a deployment: the page offers to load it anew', async () => {
    const { page } = await console_.visitAs('analyst', { path: '/alerts' });
    await page.route('**/console/incidents-page-*.js', (route) => route.fulfill({ status: 404, body: '' }));
    await goTo(page, 'Incidents');
    await page.getByRole('heading', { name: 'This page failed' }).first().waitFor();
    await page.unroute('**/console/incidents-page-*.js');
    await page.getByRole('button', { name: 'Try again' }).click();
    await heading(page, 'Incidents').waitFor();
  });
});

describe('a failure while somebody writes', () => {
  it('leaves the page and the draft where they are', async () => {
    const { id } = await openIncident('Still here');
    const { page } = await console_.visitAs('analyst', { path: `/incidents/${id}` });
    await page.getByLabel('Write a note').fill('Not to be lost');
    const failing = `**/api/v1/incidents/${id}`;
    await page.route(failing, (route) => route.fulfill({ status: 500, json: { status: 500, title: 'It failed' } }));
    const [failed] = await Promise.all([
      page.waitForResponse((response) => response.status() === 500),
      ann.post(`/incidents/${id}/mitigate`, {}),
    ]);
    await failed.finished();
    await page.getByLabel('Write a note').pressSequentially(', ever');
    expect(await page.getByLabel('Write a note').inputValue()).toBe('Not to be lost, ever');
  });
});
