import type { Page } from 'playwright-core';

/** Milliseconds between frames, and how many tasks held the page up for more than 50 ms. */
export type Frames = { count: number; median: number; p95: number; worst: number; longTasks: number };

const WATCH = `(() => {
  const seen = { frames: [], longTasks: 0, on: true };
  globalThis.seen = seen;
  new PerformanceObserver((list) => { seen.longTasks += list.getEntries().length; }).observe({ type: 'longtask' });
  let last = performance.now();
  const next = (now) => {
    seen.frames.push(now - last);
    last = now;
    if (seen.on) requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
})()`;

/** Watches every frame of the page while something is done in it. */
export async function measureFrames(page: Page, act: () => Promise<void>): Promise<Frames> {
  await page.evaluate(WATCH);
  await act();
  const { frames, longTasks } = await page.evaluate<{ frames: number[]; longTasks: number }>('(seen.on = false, seen)');
  const sorted = frames.slice(1).sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  return { count: sorted.length, median: at(0.5), p95: at(0.95), worst: at(1), longTasks };
}
