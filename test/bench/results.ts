import { type Delays, isDisturbed, type Window } from './measure.ts';

/** What was measured of one side doing one operation; a window for each round in which it took part. */
export type Measured = { windows: Map<number, Window>; alone: Delays; paced: Delays };

/** Of one operation, by the names of the sides. */
export type Result = { operation: string; events: number; sides: Map<string, Measured> };

export type Ratio = { median: number; least: number; most: number };

/** CPU per request of one side over that of another: of the windows of the same round, since those stood side by side. */
export function cpuRatio({ sides }: Result, over: string, under = 'product'): Ratio | undefined {
  const [a, b] = [sides.get(under), sides.get(over)];
  if (!a || !b) return undefined;
  const ratios = [...a.windows].flatMap(([round, { cpuMs }]) => {
    const other = b.windows.get(round);
    return other ? [cpuMs / other.cpuMs] : [];
  });
  return { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) };
}

export function cpuMs({ windows }: Measured): number {
  return median([...windows.values()].map((window) => window.cpuMs));
}

export function perSecond({ windows }: Measured): number {
  return median([...windows.values()].map((window) => window.perSecond));
}

/** Windows that other programs disturbed however often they were repeated. */
export function disturbed({ windows }: Measured): number {
  return [...windows.values()].filter(isDisturbed).length;
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
