import { sweepPending } from '../alerts/sweep-pending.ts';
import type { Context } from '../core/context.ts';

/** What each cron of `wrangler.toml` runs. */
const JOBS: Record<string, (call: { ctx: Context }) => Promise<unknown>> = {
  '* * * * *': sweepPending,
};

/** Runs the job of a cron. A cron that has none is a mistake in the configuration, so it fails. */
export async function runJob(cron: string, ctx: Context): Promise<void> {
  const job = JOBS[cron];
  if (!job) throw new Error(`no job for the cron ${cron}`);
  await job({ ctx });
}
