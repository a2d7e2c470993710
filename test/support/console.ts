import { readFile } from 'node:fs/promises';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { type Account, type Api, signIn } from '../../scripts/local/api.ts';
import type { UserRole } from '../../src/core/actor.ts';
import { launchBrowser } from './browser.ts';
import { browserSession } from './browser-session.ts';
import { type Product, startProduct } from './product.ts';
import { newState } from './state.ts';

const PASSWORD = 'correct horse battery staple';
const ANALYST = { username: 'ann', password: PASSWORD };
const MEMBER = { username: 'mel', password: PASSWORD };

// Tests sign in and ask for more than people do.
const GENEROUS = { LIMIT_SIGN_INS: '100000', LIMIT_ADDRESS_REQUESTS: '100000', LIMIT_USER_REQUESTS: '100000' };

export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

type Visit = BrowserContextOptions & {
  path?: string;
  /** Lets `page.clock.fastForward` skip what the page waits for. */
  withClock?: boolean;
};

/** A page of the console, and what went wrong in it: errors, and what its policy had to forbid. */
export type Visited = { page: Page; troubles: string[] };

/** The product as people start it, a browser, and somebody of each role. Start one per file. */
export type ConsoleUnderTest = {
  url: string;
  product: Product;
  accounts: Record<UserRole, Account>;
  /** The API as somebody of this role. */
  api: (role: UserRole) => Promise<Api>;
  /** A new person. */
  newPerson: (username: string, role: UserRole) => Promise<Account>;
  /** A page in a browser profile of its own, for a stranger. It is closed when the test ends. */
  visit: (options?: Visit) => Promise<Visited>;
  /** The same for somebody who has a session. */
  visitAs: (role: UserRole, options?: Visit) => Promise<Visited>;
  /** Closes every page at once, where a test should not wait for its end. */
  closePages: () => Promise<void>;
  stop: () => Promise<void>;
};

type Start = { env?: Record<string, string>; args?: string[] };

export async function startConsole({ env = {}, args = ['--no-demo'] }: Start = {}): Promise<ConsoleUnderTest> {
  const state = await newState([
    { ...ANALYST, role: 'analyst' },
    { ...MEMBER, role: 'member' },
  ]);
  const [browser, product] = await Promise.all([
    launchBrowser(),
    startProduct({ env: { ...GENEROUS, ...env }, args, state }),
  ]);
  const { url } = product;
  const admin = await signIn(url, product.admin);
  const newPerson = async (username: string, role: UserRole) => {
    const account = { username, password: PASSWORD };
    await admin.post('/users', { ...account, role });
    return account;
  };
  const accounts = { admin: product.admin, analyst: ANALYST, member: MEMBER };

  async function visit({ path = '/', withClock = false, ...options }: Visit = {}): Promise<Visited> {
    const context = await browser.newContext({ baseURL: url, serviceWorkers: 'block', ...options });
    // A page that stays open goes on asking, and a person may have ten live connections.
    onTestFinished(() => context.close());
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const page = await context.newPage();
    const troubles = await noteTroubles(page);
    if (withClock) await page.clock.install();
    await page.goto(path);
    return { page, troubles };
  }

  async function visitAs(role: UserRole, options: Visit = {}): Promise<Visited> {
    const visited = await visit({ ...options, storageState: await browserSession(url, accounts[role]) });
    await visited.page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
    return visited;
  }

  return {
    url,
    product,
    accounts,
    api: (role) => signIn(url, accounts[role]),
    newPerson,
    visit,
    visitAs,
    closePages: async () => {
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    stop: async () => {
      await browser.close();
      await product.stop();
    },
  };
}

/** Signs in by the form that the page shows, and waits until it is gone. */
export async function fillSignIn(page: Page, { username, password }: Account): Promise<void> {
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByLabel('Password', { exact: true }).waitFor({ state: 'detached' });
}

type Fault = { id: string; nodes: { target: string[]; failureSummary: string }[] };

const AXE = {
  resultTypes: ['violations'],
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  // Windows and menus hang beside the landmarks, and that is where they belong.
  rules: { region: { enabled: false } },
};

// Half of a change of colours has a contrast that nobody sees.
const RUN_AXE = `(async () => {
  const changes = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
  await Promise.allSettled(changes.map(({ finished }) => finished));
  return (await axe.run(document, ${JSON.stringify(AXE)})).violations;
})()`;

/** What axe finds wrong with the page as it is, in either theme, a line each; none when all is well. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  // By the debugger, which the policy of the page does not bind.
  await page.evaluate(await axeSource());
  const faults: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const { id, nodes } of await page.evaluate<Fault[]>(RUN_AXE)) {
      faults.push(...nodes.map(({ target, failureSummary }) => `${colorScheme}, ${id}: ${target} ${failureSummary}`));
    }
  }
  return faults;
}

let axe: Promise<string> | undefined;

function axeSource(): Promise<string> {
  axe ??= readFile('node_modules/axe-core/axe.min.js', 'utf8');
  return axe;
}

async function noteTroubles(page: Page): Promise<string[]> {
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('console', (message) => {
    // That an answer was 404 or 401 is for the test to expect.
    const isAnswer = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !isAnswer) troubles.push(message.text());
  });
  await page.exposeFunction('noteViolation', (violation: string) => troubles.push(violation));
  await page.addInitScript(`addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) =>
    noteViolation(effectiveDirective + ' forbids ' + blockedURI + ' ' + sample))`);
  return troubles;
}
