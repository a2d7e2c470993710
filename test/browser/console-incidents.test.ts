import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Api } from '../../scripts/local/api.ts';
import { accessibilityFaults, type ConsoleUnderTest, PHONE, startConsole } from '../support/console.ts';

const SCRIPT = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>';

let console_: ConsoleUnderTest;
let ann: Api;
let admin: Api;

beforeAll(async () => {
  console_ = await startConsole();
  [ann, admin] = await Promise.all([console_.api('analyst'), console_.api('admin')]);
});
afterAll(() => console_?.stop());

type Incident = { id: number; title: string; version: number };

const openIncident = (fields: object): Promise<Incident> => ann.post('/incidents', { service: 'vpn', ...fields });

const toasted = (page: Page, text: string) => page.getByText(text, { exact: true }).first().waitFor();

/** A page of a new incident, for its owner. */
async function visitNew(fields: object, part = '') {
  const incident = await openIncident(fields);
  const visited = await console_.visitAs('analyst', { path: `/incidents/${incident.id}${part}` });
  await visited.page.getByRole('region', { name: 'Title and description' }).waitFor();
  return { ...visited, incident };
}

describe('the list of incidents', () => {
  it('starts empty; c opens one, and Esc leads back to the list with it', async () => {
    const { page, troubles } = await console_.visitAs('analyst', { path: '/incidents' });
    await page.getByText('No incidents at work').waitFor();
    await page.keyboard.press('c');
    const form = page.getByRole('dialog', { name: 'New incident' });
    await form.getByLabel('Title').fill(`Odd sign-ins ${SCRIPT}`);
    await form.getByLabel('Severity').selectOption('sev2');
    await form.getByLabel('Tags').fill('Not A Tag');
    await form.getByRole('button', { name: 'Open incident' }).click();
    await form.getByText('Must be 1 to 50 of').waitFor();
    await form.getByLabel('Tags').fill('VPN, sign-in');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /^Incident \d+$/ }).waitFor();
    await page.getByText('<script>window.ran=1').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('row', { name: /Odd sign-ins/ }).waitFor();
    expect(await page.evaluate('window.ran')).toBeUndefined();
    expect(troubles).toEqual([]);
  });

  it('is searched by /, gone through by j and k, and opened by Enter', async () => {
    for (const title of ['Badger one', 'Badger two', 'Heron']) await openIncident({ title });
    const { page, troubles } = await console_.visitAs('analyst', { path: '/incidents' });
    await page.getByRole('row', { name: /Heron/ }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('badger');
    await page.waitForURL(/search=badger/);
    await page.getByRole('row', { name: /Heron/ }).waitFor({ state: 'detached' });
    await page.getByRole('row', { name: /Badger one/ }).waitFor();
    await page.getByRole('searchbox').evaluate((input: { blur: () => void }) => input.blur());
    for (const key of ['j', 'j', 'k', 'j', 'Enter']) await page.keyboard.press(key);
    await page.getByText('Badger one').waitFor();
    expect(troubles).toEqual([]);
  });

  it('is filtered by facets that count, in and out, and says so in its address', async () => {
    await openIncident({ title: 'Facet a', service: 'facets', severity: 'sev1', tags: ['facet-red'] });
    await openIncident({ title: 'Facet b', service: 'facets', severity: 'sev4', tags: ['facet-blue'] });
    const { page } = await console_.visitAs('analyst', { path: '/incidents?service=facets' });
    const facets = page.getByRole('complementary', { name: 'Filters' });
    await facets.getByRole('button', { name: 'facet-red 1' }).click();
    await page.waitForURL(/tag=facet-red/);
    await page.getByRole('row', { name: /Facet b/ }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Tag facet-red remove' }).click();
    await facets.getByRole('button', { name: 'Exclude sev1' }).click();
    await page.getByRole('row', { name: /Facet a/ }).waitFor({ state: 'detached' });
    await page.getByRole('row', { name: /Facet b/ }).waitFor();
    expect(page.url()).toContain('severity=-sev1');
    await page.goto('/incidents?search=nothing-has-this');
    await page.getByText('No incident matches these filters').waitFor();
  });

  it('changes several that x selected, and tells what became of each', async () => {
    const [first] = [
      await openIncident({ title: 'Bulk a', service: 'bulk' }),
      await openIncident({ title: 'Bulk b', service: 'bulk' }),
    ];
    await ann.post(`/incidents/${first.id}/mitigate`, {});
    const { page, troubles } = await console_.visitAs('analyst', { path: '/incidents?service=bulk' });
    await page.getByRole('row', { name: /Bulk b/ }).waitFor();
    for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key);
    await page.getByText('2 selected').waitFor();
    await page.keyboard.press('e');
    const results = page.getByRole('dialog', { name: '1 of 2 done' });
    await results.waitFor();
    await page.keyboard.press('Escape');
    await results.waitFor({ state: 'detached' });
    expect(troubles).toEqual([]);
  });

  it('says that others opened one, and shows it when asked', async () => {
    await openIncident({ title: 'Already there', service: 'live' });
    const { page } = await console_.visitAs('analyst', { path: '/incidents?service=live' });
    await page.getByRole('row', { name: /Already there/ }).waitFor();
    await page.waitForTimeout(1000);
    await admin.post('/incidents', { title: 'Came in', service: 'live' });
    await page.getByRole('button', { name: 'New incidents' }).waitFor();
    expect(await page.getByRole('row', { name: /Came in/ }).count()).toBe(0);
    await page.keyboard.press('.');
    await page.getByRole('row', { name: /Came in/ }).waitFor();
  });

  it('is saved as CSV, just what it shows', async () => {
    await openIncident({ title: 'For the file', service: 'csv' });
    const { page } = await console_.visitAs('analyst', { path: '/incidents?service=csv' });
    await page.getByRole('row', { name: /For the file/ }).waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Shift+c')]);
    expect(download.suggestedFilename()).toBe('incidents.csv');
    const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('For the file');
  });
});

describe('the fields of an incident', () => {
  it('are changed in place, and undone', async () => {
    const { page, incident, troubles } = await visitNew({ title: 'Before' });
    await page.getByRole('button', { name: 'Edit title: Before' }).click();
    await page.getByRole('textbox', { name: 'title' }).fill('After');
    await page.keyboard.press('Enter');
    await toasted(page, `Incident ${incident.id}: title changed`);
    await page.getByRole('button', { name: 'Edit title: After' }).waitFor();
    await page.keyboard.press('z');
    await page.getByRole('button', { name: 'Edit title: Before' }).waitFor();
    await page.keyboard.press('m');
    await page.getByRole('button', { name: 'Edit assignee: ann' }).waitFor();
    await page.keyboard.press('a');
    await page.getByRole('combobox', { name: 'assignee' }).fill('mel');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Edit assignee: mel' }).waitFor();
    await page.getByRole('button', { name: /^Severity:/ }).click();
    await page.getByRole('menuitemradio', { name: 'Sev 1' }).click();
    await page.getByRole('button', { name: 'Severity: Sev 1' }).waitFor();
    await page.keyboard.press('t');
    await page.keyboard.type('one, two');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Remove tag one' }).click();
    await page.getByRole('button', { name: 'Remove tag one' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Remove tag two' }).waitFor();
    expect(troubles).toEqual([]);
  });

  it('are not overwritten when someone else was first: it says who changed what, and the draft stays', async () => {
    const { page, incident } = await visitNew({ title: 'Race' });
    await page.getByRole('button', { name: 'Edit title: Race' }).click();
    await page.getByRole('textbox', { name: 'title' }).fill('Mine');
    await admin.post(`/incidents/${incident.id}/mitigate`, {});
    await page.keyboard.press('Enter');
    await page.getByText('Someone else was first').waitFor();
    await page.getByText(/changed status from open to mitigated.*Your change was not saved/).waitFor();
    expect(await page.getByRole('textbox', { name: 'title' }).inputValue()).toBe('Mine');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await toasted(page, `Incident ${incident.id}: title changed`);
    expect(await ann.get<Incident>(`/incidents/${incident.id}`)).toMatchObject({ title: 'Mine', status: 'mitigated' });
  });

  it('do not go back to what they were while an older answer was on its way', async () => {
    const { page, incident } = await visitNew({ title: 'Overtaken' });
    const answer = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    await page.route(`**/api/v1/incidents/${incident.id}`, async (route) => {
      if (route.request().method() !== 'GET') return route.continue();
      const response = await route.fetch();
      asked.resolve();
      await answer.promise;
      await route.fulfill({ response });
    });
    await page.keyboard.press('m');
    // The change is heard of, and the incident read again.
    await asked.promise;
    await page.keyboard.press('e');
    await toasted(page, `Incident ${incident.id} mitigated`);
    const late = page.waitForEvent('requestfinished', (request) => request.url().endsWith(`/incidents/${incident.id}`));
    answer.resolve();
    await late;
    await page.evaluate('new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown)))');
    expect(await page.getByRole('button', { name: 'Mitigate' }).count()).toBe(0);
  });

  it('of others are read by members, not changed', async () => {
    const { id } = await openIncident({ title: 'Not yours' });
    const { page } = await console_.visitAs('member', { path: `/incidents/${id}` });
    await page.getByText('Not yours').waitFor();
    expect(await page.getByRole('button', { name: /^Edit/ }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Mitigate' }).count()).toBe(0);
  });
});

describe('the life of an incident', () => {
  it('goes by key from open to the archive and back, to the bin and back', async () => {
    const { page, incident, troubles } = await visitNew({ title: 'Whole life', service: 'life' });
    const { id } = incident;
    await page.keyboard.press('e');
    await toasted(page, `Incident ${id} mitigated`);
    await page.keyboard.press('r');
    await page.getByRole('dialog').getByText('It has no open alerts.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Resolve' }).click();
    await toasted(page, `Incident ${id} resolved`);
    await page.keyboard.press('y');
    await toasted(page, `Incident ${id} archived`);
    await page.keyboard.press('Shift+r');
    await toasted(page, `Incident ${id} reopened`);
    await page.keyboard.press('Shift+d');
    await toasted(page, `Incident ${id} deleted`);
    await page.waitForURL(/incidents$/);
    await page.getByRole('button', { name: 'Deleted', exact: true }).click();
    await page.getByRole('button', { name: `Restore incident ${id}` }).click();
    await page.getByRole('link', { name: 'Restored' }).click();
    await page.getByRole('button', { name: 'Edit title: Whole life' }).waitFor();
    expect(troubles).toEqual([]);
  });

  it('ends for its alerts, too, with a verdict', async () => {
    const [alert] = await raiseAlerts(['verdict']);
    const { page, incident } = await visitNew({ title: 'With alerts' }, '?tab=alerts');
    await page.keyboard.press('l');
    await page.getByRole('dialog').getByLabel('Find, or give ids').fill(String(alert));
    await page.getByRole('button', { name: 'Link 1' }).click();
    await page.getByRole('button', { name: `Unlink alert ${alert}` }).click();
    await toasted(page, `Alert ${alert} unlinked`);
    await page.keyboard.press('z');
    await page.getByRole('button', { name: `Unlink alert ${alert}` }).waitFor();
    await page.keyboard.press('r');
    await page.getByLabel('Verdict for its open alert').selectOption('true_positive');
    await page.getByRole('dialog').getByRole('button', { name: 'Resolve' }).click();
    await toasted(page, `Incident ${incident.id} and its alerts resolved`);
    expect(await ann.get(`/alerts/${alert}`)).toMatchObject({ status: 'resolved', verdict: 'true_positive' });
  });

  it('is told by its timeline, page after page', async () => {
    const incident = await openIncident({ title: 'Much happened' });
    for (let note = 1; note <= 60; note++)
      await ann.post(`/incidents/${incident.id}/notes`, { body: `Note number ${note}` });
    const { page } = await console_.visitAs('analyst', { path: `/incidents/${incident.id}?tab=timeline` });
    await page.getByText('Note number 60', { exact: true }).waitFor();
    await page.getByText('Note number 12', { exact: true }).scrollIntoViewIfNeeded();
    await page.mouse.wheel(0, 20_000);
    await page.getByText('ann opened the incident').waitFor();
  });

  it('is saved as a report', async () => {
    const { page } = await visitNew({ title: 'On paper' });
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('p')]);
    expect(await readFile(await download.path(), 'utf8')).toContain('On paper');
  });
});

describe('notes', () => {
  it('are written, changed, read as they were, and deleted with a way back', async () => {
    const { page, troubles } = await visitNew({ title: 'Noted' });
    await page.keyboard.press('n');
    await page.keyboard.type(`**Seen** at [the site](https://example.com/a) ${SCRIPT} [x](javascript:window.ran=1)`);
    await page.keyboard.press('Control+Enter');
    await page.locator('strong', { hasText: 'Seen' }).waitFor();
    expect(await page.getByRole('link', { name: 'the site' }).getAttribute('rel')).toBe('noopener noreferrer');
    expect(await page.locator('a[href^="javascript"]').count()).toBe(0);
    await page.getByRole('button', { name: /^Edit note/ }).click();
    await page.getByLabel('Change the note').fill('Now it says this\n- [x] contained\n- [ ] cleaned up');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Now it says this').waitFor();
    await page
      .getByRole('listitem')
      .filter({ hasText: /^contained$/ })
      .getByLabel('Done')
      .waitFor();
    await page
      .getByRole('listitem')
      .filter({ hasText: /^cleaned up$/ })
      .getByLabel('To do')
      .waitFor();
    await page.getByRole('button', { name: /^History of note/ }).click();
    await page.getByRole('dialog').locator('strong', { hasText: 'Seen' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Delete note/ }).click();
    await page.getByText('Now it says this').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Now it says this').waitFor();
    expect(await page.evaluate('window.ran')).toBeUndefined();
    expect(troubles).toEqual([]);
  });
});

it('a note that is being deleted does not come back with what others write', async () => {
  const { page, incident } = await visitNew({ title: 'Crowded' });
  await page.keyboard.press('n');
  await page.keyboard.type('On its way out');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: /^Delete note/ }).click();
  await admin.post(`/incidents/${incident.id}/notes`, { body: 'Came in meanwhile' });
  await page.getByText('Came in meanwhile').waitFor();
  expect(await page.getByText('On its way out').count()).toBe(0);
});

describe('evidence', () => {
  it('is added by several files, with checksum and custody, got back whole, and deleted', async () => {
    const { page, troubles } = await visitNew({ title: 'Proved' }, '?tab=evidence');
    const bytes = Buffer.from('Nov 21 09:12:01 pay-03 sshd: accepted\n'.repeat(20_000));
    // Asked for well before the key: what opens until the browser knows of it is lost.
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose files' }).waitFor();
    await page.keyboard.press('u');
    await (await chooser).setFiles([
      { name: 'auth.log', mimeType: 'text/plain', buffer: bytes },
      { name: 'fake.png', mimeType: 'image/png', buffer: Buffer.from('<html>no picture</html>') },
      { name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('seen') },
    ]);
    await page.getByText(createHash('sha256').update(bytes).digest('hex')).waitFor();
    await page.getByRole('button', { name: 'Download note.txt' }).waitFor();
    await page.getByRole('button', { name: 'Dismiss fake.png' }).click();
    const dropped = await page.evaluateHandle(`(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['let go'], 'dropped.txt', { type: 'text/plain' }));
      return transfer;
    })()`);
    await page.dispatchEvent('section[aria-label="Add files"]', 'drop', { dataTransfer: dropped });
    await page.getByRole('button', { name: 'Download dropped.txt' }).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download auth.log' }).click(),
    ]);
    expect(await readFile(await download.path())).toEqual(bytes);
    await page.getByRole('button', { name: 'Custody of auth.log' }).click();
    await page.getByRole('dialog').getByText('download').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Delete note.txt' }).click();
    await page.getByRole('button', { name: 'Delete file' }).click();
    await page.getByRole('button', { name: 'Download note.txt' }).waitFor({ state: 'detached' });
    expect(troubles).toEqual([]);
  });
});

describe('in either theme', () => {
  it('every screen of incidents is accessible', async () => {
    const { id } = await openIncident({ title: 'Seen by all', description: '- a [link](https://example.com)' });
    await ann.post(`/incidents/${id}/notes`, { body: '# Heading\n`code`\n- [x] done' });
    const { page, troubles } = await console_.visitAs('analyst', { path: '/incidents' });
    for (const path of ['/incidents', '/incidents?new=true', '/incidents?shelf=deleted', ...partsOf(id)]) {
      await page.goto(path);
      await page.getByRole('main').getByRole('heading', { level: 1, includeHidden: true }).waitFor();
      await page.waitForLoadState('networkidle').catch(() => undefined);
      expect(await accessibilityFaults(page), path).toEqual([]);
    }
    expect(troubles).toEqual([]);
  });
});

describe('at phone width', () => {
  it('nothing is wider than the screen', async () => {
    const { id } = await openIncident({ title: `Long ${'word'.repeat(30)}`, tags: ['a-tag-that-is-rather-long'] });
    const { page } = await console_.visitAs('analyst', { path: '/incidents', ...PHONE });
    for (const path of ['/incidents', ...partsOf(id)]) {
      await page.goto(path);
      await page
        .getByText(/^Long word/)
        .first()
        .waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth'), path).toBeLessThanOrEqual(390);
    }
  });
});

const partsOf = (id: number) => ['notes', 'timeline', 'evidence', 'alerts'].map((tab) => `/incidents/${id}?tab=${tab}`);

/** The ids of new alerts, one for each type of event. */
async function raiseAlerts(types: string[]): Promise<number[]> {
  for (const event_type of types) await ann.post('/events', { source: 'test', event_type, severity: 'high' });
  const query = `/alerts?event_type=${types.join(',')}`;
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    const { data } = await ann.get<{ data: { id: number }[] }>(query);
    if (data.length >= types.length) return data.map(({ id }) => id);
    await new Promise((wake) => setTimeout(wake, 200));
  }
  throw new Error('No alert was raised.');
}
