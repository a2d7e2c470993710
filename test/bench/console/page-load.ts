import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';

/** What Lighthouse would call it: times in milliseconds, sizes in KiB. */
export type PageLoad = {
  firstPaint: number;
  largestPaint: number;
  blocked: number;
  shift: number;
  requests: number;
  scriptKib: number;
};

type Timeline = { lcp: number; cls: number; tbt: number };
type Seen = Timeline & { fcp: number; urls: string[] };

const WATCH = `
  globalThis.timeline = { lcp: 0, cls: 0, tbt: 0 };
  const watch = (type, each) =>
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });
  watch('largest-contentful-paint', ({ startTime }) => { timeline.lcp = startTime; });
  watch('layout-shift', ({ value, hadRecentInput }) => { timeline.cls += hadRecentInput ? 0 : value; });
  watch('longtask', ({ duration }) => { timeline.tbt += duration - 50; });`;

const READ = `({
  ...timeline,
  fcp: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
  urls: performance.getEntriesByType('resource').map(({ name }) => name),
})`;

/** Opens an address with nothing in the cache and reads the browser's own timeline once the page rests. */
export async function measureLoad(page: Page, { path, slower }: { path: string; slower: number }): Promise<PageLoad> {
  const browser = await page.context().newCDPSession(page);
  await browser.send('Network.setCacheDisabled', { cacheDisabled: true });
  await browser.send('Emulation.setCPUThrottlingRate', { rate: slower });
  await page.addInitScript(WATCH);
  await page.goto(path);
  await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  const { fcp, lcp, cls, tbt, urls } = await page.evaluate<Seen>(READ);
  return {
    firstPaint: fcp,
    largestPaint: lcp,
    blocked: tbt,
    shift: cls,
    requests: urls.length + 1,
    scriptKib: await scriptKib(urls),
  };
}

/** As it is sent when it is deployed: the local server does not compress. */
async function scriptKib(urls: string[]): Promise<number> {
  const files = urls.map((url) => new URL(url).pathname).filter((path) => path.endsWith('.js'));
  const sizes = await Promise.all(
    files.map(async (file) => gzipSync(await readFile(join('dist/assets', file))).length),
  );
  return sizes.reduce((sum, size) => sum + size, 0) / 1024;
}
