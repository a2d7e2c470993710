import type { Bundle } from './bundle.ts';
import type { Bill, Counts } from './cost.ts';
import type { Delays } from './measure.ts';
import { cpuRatio, perSecond, type Result } from './results.ts';

/** All that a run found out; what it left out is missing. */
export type Findings = {
  results: Result[];
  bundle: Bundle;
  startupMs: number;
  alertDelay?: Delays;
  counts?: Map<string, Counts>;
  bills?: Bill[];
};

export type Target = { name: string; value: number | undefined; limit: number; atLeast?: boolean };

/** What the product promises beside what was found. */
export function targetsOf(findings: Findings): Target[] {
  return [...floorTargets(findings), ...peerTargets(findings), ...costTargets(findings), ...otherTargets(findings)];
}

export function isMet({ value, limit, atLeast = false }: Target): boolean | undefined {
  if (value === undefined || Number.isNaN(value)) return undefined;
  return atLeast ? value >= limit : value <= limit;
}

const FLOOR = { 'post-low': 1.3, 'post-high': 1.3, 'batch-1000': 1.2, detail: 1.25, alerts: 1.25 };
const TUNED = { 'post-low': 0.33, 'post-high': 0.33, 'batch-1000': 0.08, detail: 0.33, alerts: 0.18 };

function floorTargets({ results }: Findings): Target[] {
  return Object.entries(FLOOR).map(([operation, limit]) => ({
    name: `CPU of ${operation} / floor`,
    value: ratio(results, operation, ['floor']),
    limit,
  }));
}

function peerTargets({ results }: Findings): Target[] {
  const tuned = Object.entries(TUNED).map(([operation, limit]) => ({
    name: `CPU of ${operation} / better tuned peer`,
    value: ratio(results, operation, ['drf tuned', 'fastapi tuned']),
    limit,
  }));
  const value = ratio(results, 'alerts', ['drf', 'fastapi']);
  const speed = ['post-low', 'post-high', 'detail'].map((operation) => ({
    name: `requests/s of ${operation} / better default peer`,
    value: speedRatio(results.find((result) => result.operation === operation)),
    limit: 2,
    atLeast: true,
  }));
  return [...tuned, { name: 'CPU of alerts / better default peer', value, limit: 0.02 }, ...speed];
}

/** Against the best of several: the largest ratio. */
function ratio(results: Result[], operation: string, others: string[]): number | undefined {
  const result = results.find((one) => one.operation === operation);
  const ratios = others.flatMap((other) => (result && cpuRatio(result, other)?.median) ?? []);
  return ratios.length > 0 ? Math.max(...ratios) : undefined;
}

function speedRatio(result: Result | undefined): number | undefined {
  const product = result?.sides.get('product');
  const peers = ['drf', 'fastapi'].flatMap((name) => result?.sides.get(name) ?? []);
  return product && peers.length > 0 ? perSecond(product) / Math.max(...peers.map(perSecond)) : undefined;
}

function costTargets({ counts, bills }: Findings): Target[] {
  const written = (name: string) => counts?.get(name)?.rowsWritten;
  const total = (name: string) => bills?.find((bill) => bill.name === name)?.total;
  return [
    { name: 'D1 rows written per Low event', value: written('post-low'), limit: 1 },
    { name: 'D1 rows written per High event with its alert', value: written('post-high of 100 at once'), limit: 6 },
    { name: '$ per million single events', value: total('single events'), limit: 2.7 },
    { name: '$ per million events in batches of 500', value: total('batches of 500'), limit: 1.8 },
  ];
}

function otherTargets({ bundle, startupMs, alertDelay }: Findings): Target[] {
  return [
    { name: 'bundle, KiB gzipped', value: bundle.gzipped / 1024, limit: 200 },
    { name: 'start-up, ms of CPU', value: startupMs, limit: 50 },
    { name: 'p99 from 201 to readable alert at 200 High/s, ms', value: alertDelay?.p99, limit: 3000 },
  ];
}
