import { openInspector } from '../support/inspector.ts';
import { keepBusy } from './client.ts';
import { type CpuProfile, type SelfTime, selfTimes } from './cpu-profile.ts';
import type { Asked } from './operations.ts';
import type { Served, Side } from './side.ts';

type Profiling = { next: () => Asked; connections: number; ms: number; code: string };

/** The functions in which a Worker spends its time under load, by V8's profiler; the database runs elsewhere. */
export async function profile(
  side: Side & Served,
  { code, ...load }: Profiling,
): Promise<{ requests: number; times: SelfTime[] }> {
  if (!side.inspectorUrl) throw new Error('the side was started without an inspector');
  const { ask, close } = await openInspector(side.inspectorUrl);
  await keepBusy(side.client, { ...load, ms: 2000 });
  await ask('Profiler.enable');
  await ask('Profiler.setSamplingInterval', { interval: 200 });
  await ask('Profiler.start');
  const { requests } = await keepBusy(side.client, load);
  const { profile } = (await ask('Profiler.stop')) as { profile: CpuProfile };
  close();
  return { requests, times: selfTimes(profile, code) };
}
