import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { ErrorCode } from '../../src/core/errors.ts';
import { launchBrowser } from '../support/browser.ts';
import { type Product, startProduct } from '../support/product.ts';

const TOOLS = ['/docs', '/swagger', '/redoc'];
const SCHEMES = ['light', 'dark'] as const;

// A new code does not compile until it is listed here, and the test fails until the page explains it.
const CODES = Object.keys({
  validation: true,
  unauthenticated: true,
  otp_required: true,
  totp_enrolment_required: true,
  forbidden: true,
  not_found: true,
  method_not_allowed: true,
  conflict: true,
  precondition_failed: true,
  too_large: true,
  unsupported_media_type: true,
  range_not_satisfiable: true,
  idempotency_mismatch: true,
  rate_limited: true,
  internal: true,
  unavailable: true,
} satisfies Record<ErrorCode | 'internal', true>);

let product: Product | undefined;
let browser: Browser | undefined;

beforeAll(async () => {
  browser = await launchBrowser();
  product = await startProduct({ args: ['--no-demo'] });
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

describe.each(TOOLS)('%s', (path) => {
  it.each(SCHEMES)('shows the whole reference in %s mode without a complaint', async (colorScheme) => {
    const { page, foreign, troubles } = await visit(path, { colorScheme });
    await seeReference(page);
    expect({ foreign, troubles }).toEqual({ foreign: [], troubles: [] });
  });

  // With the policy in force an attempt never becomes a request.
  it('does not even try to load anything from elsewhere', async () => {
    const { page, foreign } = await visit(path, { bypassCSP: true });
    await seeReference(page);
    expect(foreign).toEqual([]);
  });

  it('is served with a strict policy', async () => {
    const response = await fetch(urlOf(path));
    const policy = response.headers.get('content-security-policy');
    expect(response.status).toBe(200);
    expect(policy).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(policy).not.toMatch(/unsafe-eval|https?:|\*/);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    });
  });

  it.each([`${path}/`, `/api${path}`, `/api${path}/`, `/api/v1${path}`])('is where %s leads', async (address) => {
    const response = await fetch(urlOf(address));
    expect([response.status, response.url]).toEqual([200, urlOf(path)]);
  });

  it('leads to the document when there is no JavaScript', async () => {
    const { page } = await visit(path, { javaScriptEnabled: false });
    await page.getByRole('link', { name: '/openapi.json' }).click();
    await page.waitForURL(urlOf('/openapi.json'));
  });
});

it('Swagger UI sends a request and shows what came back', async () => {
  const { page, foreign, troubles } = await visit('/swagger#/Service/getHealth');
  const operation = page.locator('#operations-Service-getHealth');
  await operation.getByRole('button', { name: 'Execute' }).click();
  const answer = operation.locator('.live-responses-table tr.response');
  expect(await answer.locator('.response-col_status').textContent()).toBe('200');
  expect(await answer.locator('.response-col_description').textContent()).toContain('"ok"');
  expect({ foreign, troubles }).toEqual({ foreign: [], troubles: [] });
});

it('Scalar sends a request and shows what came back', async () => {
  const { page, foreign, troubles } = await visit('/docs#tag/service/GET/health');
  await page.getByRole('button', { name: 'Test Request (get /health)' }).click();
  await page.getByRole('button', { name: 'Send' }).first().click();
  await page.getByText('200 OK').waitFor();
  expect({ foreign, troubles }).toEqual({ foreign: [], troubles: [] });
});

it('ReDoc finds an operation', async () => {
  const { page, foreign, troubles } = await visit('/redoc');
  await page.getByRole('textbox').fill('acknowledge');
  await page.getByRole('menuitem').filter({ hasText: 'Acknowledge an alert' }).first().waitFor();
  expect({ foreign, troubles }).toEqual({ foreign: [], troubles: [] });
});

describe('/problems', () => {
  it.each(SCHEMES)('explains every type of problem in %s mode', async (colorScheme) => {
    const { page, foreign, troubles } = await visit('/problems', { colorScheme });
    const anchors = await page.locator('section').evaluateAll((sections) => sections.map(({ id }) => id));
    expect(anchors.sort()).toEqual(CODES.sort());
    expect({ foreign, troubles }).toEqual({ foreign: [], troubles: [] });
  });

  it('is where the type of a problem leads', async () => {
    const response = await fetch(urlOf('/api/v1/nothing'));
    const { type } = (await response.json()) as { type: string };
    const { page } = await visit(type);
    expect(await page.locator('section:target h2').textContent()).toContain('404');
  });
});

async function seeReference(page: Page): Promise<void> {
  await page.getByText('Edgewatch API').first().waitFor();
  // ReDoc alone shows the operations of every tag at once.
  if (!page.url().endsWith('/redoc')) await page.getByText('Events', { exact: true }).first().click();
  await page.getByText('Post an event').filter({ visible: true }).first().waitFor();
  await page.waitForLoadState('networkidle');
}

function urlOf(path: string): string {
  return new URL(path, product?.url).href;
}

/** Opens a page and notes what it wants from other origins, which it does not get, and whatever goes wrong in it. */
async function visit(path: string, options: Parameters<Browser['newContext']>[0] = {}) {
  if (!browser) throw new Error('no browser');
  const context = await browser.newContext({ serviceWorkers: 'block', ...options });
  onTestFinished(() => context.close());
  const foreign = await refuseForeign(context);
  const page = await context.newPage();
  const troubles = await noteTroubles(page);
  await page.goto(urlOf(path));
  return { page, foreign, troubles };
}

async function refuseForeign(context: BrowserContext): Promise<string[]> {
  const foreign: string[] = [];
  const elsewhere = (url: URL) => url.origin !== product?.url;
  await context.route(elsewhere, (route) => {
    foreign.push(route.request().url());
    return route.abort();
  });
  await context.routeWebSocket(elsewhere, (socket) => {
    foreign.push(socket.url());
  });
  return foreign;
}

async function noteTroubles(page: Page): Promise<string[]> {
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(message.text());
  });
  await page.exposeFunction('noteViolation', (violation: string) => troubles.push(violation));
  await page.addInitScript(`addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
    noteViolation(effectiveDirective + ' forbids ' + blockedURI))`);
  return troubles;
}
