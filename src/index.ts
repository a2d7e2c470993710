import { answer } from './answer.ts';
import { answerConsole, asksForConsole } from './http/console-page.ts';
import { hubOf } from './live/hub-of.ts';
import { systemContext } from './queue/system-context.ts';

export { LiveHub } from './live/live-hub.ts';

export default {
  fetch: (request: Request, env, execution) =>
    asksForConsole(request) ? answerConsole(request, env) : answer({ request, env, execution }),
  queue: async (batch, env, execution) => {
    const { consume } = await import('./queue/consume.ts');
    const ctx = systemContext({ env, execution, name: 'queue' });
    await consume(batch, ctx);
    ctx.later('poke of the live hub', () => hubOf(env).poke());
  },
  scheduled: async ({ cron }, env, execution) => {
    const { runJob } = await import('./jobs/run-job.ts');
    const ctx = systemContext({ env, execution, name: 'cron' });
    await runJob(cron, ctx);
    ctx.later('poke of the live hub', () => hubOf(env).poke());
  },
} satisfies ExportedHandler<Env>;
