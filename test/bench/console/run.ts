import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { signIn } from '../../../scripts/local/api.ts';
import { launchBrowser } from '../../support/browser.ts';
import { browserSession } from '../../support/browser-session.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { type Frames, measureFrames } from './frames.ts';
import { measureLoad, type PageLoad } from './page-load.ts';

// The console over a long history: how soon its pages are there, how a long list scrolls, how soon search answers.
// The data is made once and kept in the temporary directory.
const STATE = join(tmpdir(), 'edgewatch-bench-console');
const EVENTS = 650_000;
const PAGES = ['/', '/alerts', '/events', '/incidents'];
const REPEAT_MS = 33;
const SCROLL_MS = 10_000;

const LIMITS = { LIMIT_SIGN_INS: '100000', LIMIT_ADDRESS_REQUESTS: '100000', LIMIT_USER_REQUESTS: '100000' };

async function main(): Promise<void> {
  if (!existsSync(STATE)) await fill();
  const [product, browser] = await Promise.all([startProduct({ state: STATE, env: LIMITS }), launchBrowser()]);
  try {
    const api = await signIn(product.url, product.admin);
    const { data } = await api.get<{ data: { id: number }[] }>('/alerts?limit=1');
    console.log(`${EVENTS.toLocaleString('en')} events, ${data[0]?.id.toLocaleString('en')} alerts\n`);
    await reportLoads({ browser, product });
    await reportWork({ browser, product });
  } finally {
    await browser.close();
    await product.stop();
  }
}

function fill(): Promise<void> {
  const args = ['scripts/seed.ts', '--state', STATE, '--events', String(EVENTS), '--incidents', '2000'];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error('The data could not be made.'))));
  });
}

type Side = { browser: Browser; product: Product };

async function open({ browser, product }: Side): Promise<Page> {
  const storageState = await browserSession(product.url, product.admin);
  const context = await browser.newContext({ baseURL: product.url, storageState });
  return context.newPage();
}

async function reportLoads(side: Side): Promise<void> {
  console.log('| page | CPU | first paint | largest paint | blocked | layout shift | requests | script, gzipped |');
  console.log('|---|---|---|---|---|---|---|---|');
  for (const path of PAGES) {
    for (const slower of [1, 4]) {
      const page = await open(side);
      console.log(loadRow(await measureLoad(page, { path, slower }), `| \`${path}\` | ÷ ${slower} |`));
      await page.context().close();
    }
  }
}

function loadRow({ firstPaint, largestPaint, blocked, shift, requests, scriptKib }: PageLoad, start: string): string {
  const ms = (value: number) => `${Math.round(value)} ms`;
  const cells = [
    ms(firstPaint),
    ms(largestPaint),
    ms(blocked),
    shift.toFixed(3),
    requests,
    `${Math.round(scriptKib)} KiB`,
  ];
  return `${start} ${cells.join(' | ')} |`;
}

async function reportWork(side: Side): Promise<void> {
  const page = await open(side);
  await page.goto('/alerts');
  const rows = page.getByRole('grid', { name: 'Alerts' }).locator('[role="row"][aria-selected]');
  await rows.first().waitFor();
  console.log('\n| in the list of alerts | frames | median | 95 % | longest | tasks over 50 ms |');
  console.log('|---|---|---|---|---|---|');
  console.log(frameRow('nothing', await measureFrames(page, () => page.waitForTimeout(SCROLL_MS / 4))));
  console.log(frameRow('`j` held down', await measureFrames(page, () => repeat(() => page.keyboard.down('j')))));
  await page.keyboard.up('j');
  await page.mouse.move(700, 500);
  console.log(frameRow('the wheel', await measureFrames(page, () => repeat(() => page.mouse.wheel(0, 120)))));
  console.log(`\nRows in the page meanwhile: ${await rows.count()}.`);
  for (const path of ['/events', '/incidents']) console.log(`Search in ${path}: ${await searchMs(page, path)} ms.`);
}

async function repeat(act: () => Promise<void>): Promise<void> {
  const end = Date.now() + SCROLL_MS;
  while (Date.now() < end) {
    await act();
    await new Promise((wake) => setTimeout(wake, REPEAT_MS));
  }
}

function frameRow(what: string, { count, median, p95, worst, longTasks }: Frames): string {
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  return `| ${what} | ${count} | ${ms(median)} | ${ms(p95)} | ${ms(worst)} | ${longTasks} |`;
}

/** From the last key to the rows. */
async function searchMs(page: Page, path: string): Promise<number> {
  await page.goto(path);
  await page.getByRole('searchbox').pressSequentially('login-48');
  const answered = page.waitForResponse((response) => response.url().includes('search=login-482'));
  const start = Date.now();
  await page.keyboard.type('2');
  await (await answered).finished();
  return Date.now() - start;
}

await main();
