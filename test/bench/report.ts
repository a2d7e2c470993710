import type { Bill, Counts } from './cost.ts';
import type { SelfTime } from './cpu-profile.ts';
import type { Delays } from './measure.ts';
import { cpuMs, cpuRatio, disturbed, type Measured, perSecond, type Result } from './results.ts';
import { isMet, type Target } from './targets.ts';

type Table = (string | number)[][];

/** The figures of an operation, a line for each side. */
export function reportResult(result: Result): string {
  const head = ['', 'CPU ms', 'product /', 'req/s', 'events/s', 'p50', 'p99', 'max', 'p50 paced', 'p99', 'max', ''];
  const rows = [...result.sides].map(([name, measured]) => [
    name,
    cpuMs(measured).toFixed(3),
    ratioText(result, name),
    perSecond(measured).toFixed(0),
    result.events ? (perSecond(measured) * result.events).toFixed(0) : '',
    ...delayTexts(measured.alone),
    ...delayTexts(measured.paced),
    noise(measured),
  ]);
  return `\n${result.operation}\n${table([head, ...rows])}`;
}

function ratioText(result: Result, name: string): string {
  const ratio = name === 'product' ? undefined : cpuRatio(result, name);
  return ratio ? `${ratio.median.toFixed(3)} (${ratio.least.toFixed(2)}-${ratio.most.toFixed(2)})` : '';
}

function delayTexts({ p50, p99, max }: Delays): string[] {
  return [p50, p99, max].map((ms) => ms.toFixed(1));
}

function noise(measured: Measured): string {
  const count = disturbed(measured);
  return count > 0 ? `${count} of ${measured.windows.size} disturbed` : '';
}

/** What a request of each operation uses. */
export function reportCounts(counts: Map<string, Counts>): string {
  const head = ['', 'D1 calls', 'rows read', 'rows written', 'KV writes', 'KV lists', 'messages'];
  const rows = [...counts].map(([name, { calls, rowsRead, rowsWritten, kvWrites, kvLists, messages }]) => [
    name,
    ...[calls, rowsRead, rowsWritten, kvWrites, kvLists, messages].map((n) => Number(n.toFixed(2))),
  ]);
  return `\nwhat a request uses\n${table([head, ...rows])}`;
}

/** Dollars for a million events, line by line. */
export function reportBills(bills: Bill[]): string {
  const lines = Object.keys(bills[0]?.lines ?? {});
  const rows = lines.map((line) => [line, ...bills.map((bill) => (bill.lines[line] ?? 0).toFixed(3))]);
  const head = ['', ...bills.map(({ name }) => name)];
  const total = ['total', ...bills.map((bill) => bill.total.toFixed(3))];
  return `\ndollars for a million events, 20 % of them High\n${table([head, ...rows, total])}`;
}

const SHOWN_FUNCTIONS = 25;

/** The dearest functions of a profile, with the time in each itself. */
export function reportProfile(name: string, { requests, times }: { requests: number; times: SelfTime[] }): string {
  const total = times.reduce((sum, { ms }) => sum + ms, 0);
  const rows = times.slice(0, SHOWN_FUNCTIONS).map((time) => {
    const share = (time.ms / total) * 100;
    return [time.name, ((time.ms / requests) * 1000).toFixed(1), share.toFixed(1)];
  });
  return table([[`${name}: ${requests} requests`, 'µs each', '%'], ...rows]);
}

/** What was promised, and whether it was kept. */
export function reportTargets(targets: Target[]): string {
  const rows = targets.map((target) => {
    const { name, value, limit, atLeast } = target;
    const verdict = { true: 'met', false: 'MISSED', undefined: 'not measured' }[String(isMet(target))] ?? '';
    return [name, value?.toFixed(3) ?? '', `${atLeast ? '>=' : '<='} ${limit}`, verdict];
  });
  return `\ntargets\n${table(rows)}`;
}

/** Columns as wide as their widest text; the first to the left, numbers to the right. */
export function table(rows: Table): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => String(row[column] ?? '').length)));
  const line = (row: Table[number]) =>
    row.map((text, column) => {
      const width = widths[column] ?? 0;
      return column === 0 ? String(text).padEnd(width) : String(text).padStart(width);
    });
  return rows.map((row) => `  ${line(row).join('  ').trimEnd()}`).join('\n');
}
