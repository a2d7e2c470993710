import { sweepPending } from '../alerts/sweep-pending.ts';
import { sealAuditRows } from '../audit/seal-audit-rows.ts';
import type { Context } from '../core/context.ts';
import { describeError, log } from '../core/log.ts';
import { advanceDueEscalations } from '../escalation/advance-due-escalations.ts';
import { cleanEvidence } from '../evidence/clean-evidence.ts';
import { forgetExpired } from '../identity/forget-expired.ts';
import { forgetGuesses } from '../identity/forget-guesses.ts';
import { archiveResolved } from '../incidents/archive-resolved.ts';
import { purgeDeleted } from '../incidents/purge-deleted.ts';
import { forgetTickets } from '../live/forget-tickets.ts';
import { purgeDeliveries } from '../notifications/purge-deliveries.ts';
import { sweepDeliveries } from '../notifications/sweep-deliveries.ts';
import { foldCounts } from '../reports/fold-counts.ts';
import { moveToColdStore } from '../retention/move-to-cold-store.ts';
import { watchSilentSensors } from '../sensors/watch-silent-sensors.ts';
import { announceEndedSilences } from '../silences/announce-ended-silences.ts';
import { planMaintenance } from '../silences/plan-maintenance.ts';

type Job = (call: { ctx: Context }) => Promise<unknown>;

/** What each cron of `wrangler.toml` runs, one after the other. */
const JOBS: Record<string, Record<string, Job>> = {
  '* * * * *': {
    planMaintenance,
    sweepPending,
    announceEndedSilences,
    advanceDueEscalations,
    watchSilentSensors,
    forgetGuesses,
    foldCounts,
    sweepDeliveries,
  },
  '*/5 * * * *': {
    sealAuditRows,
    archiveResolved,
    purgeDeleted,
    cleanEvidence,
    forgetExpired,
    forgetTickets,
    purgeDeliveries,
    moveToColdStore,
  },
};

/**
 * Runs the jobs of a cron. One that fails is logged and does not stop the others; the run then counts as failed. A
 * cron that has none is a mistake in the configuration, so it fails.
 */
export async function runJob(cron: string, ctx: Context): Promise<void> {
  const jobs = JOBS[cron];
  if (!jobs) throw new Error(`no job for the cron ${cron}`);
  const failed: string[] = [];
  for (const [name, job] of Object.entries(jobs)) {
    try {
      await job({ ctx });
    } catch (error) {
      log.error('job failed', { job: name, ...describeError(error) });
      failed.push(name);
    }
  }
  if (failed.length > 0) throw new Error(`jobs failed: ${failed.join(', ')}`);
}
