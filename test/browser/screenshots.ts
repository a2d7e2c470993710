import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { browserSession } from '../support/browser-session.ts';
import { startProduct } from '../support/product.ts';

// The pictures of the README, of an instance that `npm run seed` has filled: `npm run screenshots`.
const FOLDER = 'docs/images';
const MAX_BYTES = 80_000;
const DESKTOP = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true };

type Shot = { name: string; path: string; colorScheme: 'light' | 'dark'; device?: BrowserContextOptions; act?: Act };
type Act = (page: Page) => Promise<void>;

const openFirst: Act = async (page) => {
  await page.locator('[role="row"][aria-selected]').first().waitFor();
  for (const key of ['j', 'j', 'Enter']) await page.keyboard.press(key);
  await page.getByRole('complementary', { name: /^Alert \d+$/ }).waitFor();
};
const followFirst: Act = async (page) => {
  await page.locator('[role="row"][aria-selected]').first().click();
  await page.getByRole('heading', { name: /^Incident \d+$/ }).waitFor();
};

const SHOTS: Shot[] = [
  { name: 'overview', path: '/', colorScheme: 'light' },
  { name: 'alerts', path: '/alerts?status=open', colorScheme: 'dark', act: openFirst },
  { name: 'incident', path: '/incidents', colorScheme: 'light', act: followFirst },
  { name: 'phone', path: '/alerts?status=open', colorScheme: 'dark', device: PHONE },
];

async function main(): Promise<void> {
  const state = await mkdtemp(join(tmpdir(), 'edgewatch-screenshots-'));
  await seed(join(state, 'data'));
  const [product, browser] = await Promise.all([startProduct({ state: join(state, 'data') }), launchBrowser()]);
  try {
    await mkdir(FOLDER, { recursive: true });
    for (const shot of SHOTS) {
      const storageState = await browserSession(product.url, product.admin);
      const { colorScheme, device = DESKTOP } = shot;
      const context = await browser.newContext({ baseURL: product.url, storageState, colorScheme, ...device });
      await take(await context.newPage(), shot);
      await context.close();
    }
  } finally {
    await browser.close();
    await product.stop();
    await rm(state, { recursive: true });
  }
}

function seed(state: string): Promise<void> {
  const child = spawn(process.execPath, ['scripts/seed.ts', '--state', state], { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error('The data could not be made.'))));
  });
}

async function take(page: Page, { name, path, act }: Shot): Promise<void> {
  await page.goto(path);
  await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
  await act?.(page);
  await page.waitForLoadState('networkidle');
  const browser = await page.context().newCDPSession(page);
  const { data } = await browser.send('Page.captureScreenshot', { format: 'webp', quality: 80 });
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length > MAX_BYTES) throw new Error(`${name} has ${bytes.length} bytes.`);
  await writeFile(join(FOLDER, `${name}.webp`), bytes);
  console.log(`${FOLDER}/${name}.webp  ${Math.round(bytes.length / 1024)} KiB`);
}

await main();
