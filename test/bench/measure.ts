import { keepBusy, keepPace, type Load } from './client.ts';
import type { Asked, Operation } from './operations.ts';
import { busySeconds, cpuSeconds } from './processes.ts';
import type { Side } from './side.ts';

/** Cores that other programs may use before a window counts as disturbed. */
const FOREIGN_CORES = 0.3;
const TRIES = 3;

export type Window = { cpuMs: number; perSecond: number; foreignCores: number };
export type Delays = { p50: number; p99: number; max: number };
type Work = { operation: Operation; side: Side; next: () => Asked };
type Sizes = { connections: number; ms: number };

/** Milliseconds that a run may still spend on waiting for a quiet machine and on repeating windows. */
export type Patience = { ms: number };

/**
 * One window: CPU milliseconds per request of all processes of a side, the work that the requests left for its queue
 * included, and the requests that it answered a second. Repeated while other programs use the machine; the quietest
 * counts.
 */
export async function measureWindow(work: Work, sizes: Sizes & { patience: Patience }): Promise<Window> {
  const { patience } = sizes;
  const windows: Window[] = [];
  while (windows.length < TRIES) {
    const started = Date.now();
    if (patience.ms > 0) await untilQuiet();
    const waited = Date.now() - started;
    const window = await oneWindow(work, sizes);
    patience.ms -= windows.length === 0 ? waited : Date.now() - started;
    windows.push(window);
    if (!isDisturbed(window) || patience.ms <= 0) break;
  }
  return windows.reduce((best, window) => (window.foreignCores < best.foreignCores ? window : best));
}

export function isDisturbed({ foreignCores }: Window): boolean {
  return foreignCores > FOREIGN_CORES;
}

async function oneWindow({ operation, side, next }: Work, { connections, ms }: Sizes): Promise<Window> {
  const before = { cpu: cpuSeconds(side.pids), own: cpuSeconds([process.pid]), busy: busySeconds() };
  const { requests, seconds } = await keepBusy(side.client, { next, connections, ms });
  // Every side is a child of this process, so what is left was somebody else.
  const own = cpuSeconds([process.pid]) - before.own;
  const foreignCores = Math.max(0, busySeconds() - before.busy - own) / seconds;
  if (operation.alerting) await untilIdle(side);
  return {
    cpuMs: ((cpuSeconds(side.pids) - before.cpu) / requests) * 1000,
    perSecond: requests / seconds,
    foreignCores,
  };
}

/** Latency with one connection, and at half of the requests that the side can answer. */
export async function measureDelays(
  { operation, side, next }: Work,
  { perSecond, ms }: { perSecond: number; ms: number },
) {
  const alone = await keepBusy(side.client, { next, connections: 1, ms });
  const paced = await keepPace(side.client, { next, perSecond: Math.max(1, perSecond / 2), ms: ms * 1.5 });
  if (operation.alerting) await untilIdle(side);
  return { alone: delaysOf(alone), paced: delaysOf(paced) };
}

export function delaysOf({ latencies }: Pick<Load, 'latencies'>): Delays {
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

/** Waits until a side has worked off what it was left: its queue waits a second before it delivers. */
export async function untilIdle(side: Side): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (let quiet = 0; quiet < 6 && Date.now() < deadline; ) {
    const before = cpuSeconds(side.pids);
    await pause(250);
    quiet = cpuSeconds(side.pids) - before < 0.025 ? quiet + 1 : 0;
  }
}

/** Waits, but not for long, until other programs leave the machine alone. */
async function untilQuiet(): Promise<void> {
  for (const deadline = Date.now() + 3_000; Date.now() < deadline; ) {
    const before = busySeconds();
    await pause(300);
    if (busySeconds() - before < 0.3 * FOREIGN_CORES) return;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((wake) => setTimeout(wake, ms));
}
