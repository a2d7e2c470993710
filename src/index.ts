import { app } from './app.ts';
import { runJob } from './jobs/run-job.ts';
import { consume } from './queue/consume.ts';
import { systemContext } from './queue/system-context.ts';

export default {
  fetch: app.fetch,
  queue: (batch, env, execution) => consume(batch, systemContext({ env, execution, name: 'queue' })),
  scheduled: ({ cron }, env, execution) => runJob(cron, systemContext({ env, execution, name: 'cron' })),
} satisfies ExportedHandler<Env>;
