import { keepPace } from './client.ts';
import { type Delays, delaysOf } from './measure.ts';
import { type Asked, OPERATIONS } from './operations.ts';
import type { Side } from './side.ts';

const PER_SECOND = 200;
const SECONDS = 10;
const LOOK_EVERY_MS = 50;

type Alert = { id: number; event: { id: number } };

/** How long after its 201 the alert of a High event can be read, while 200 of them arrive a second. */
export async function measureAlertDelay({ client }: Side): Promise<Delays> {
  const high = OPERATIONS.find(({ name }) => name === 'post-high')?.asking('edgewatch', 0);
  if (!high) throw new Error('no operation posts High events');
  const accepted = new Map<number, number>();
  const visible = new Map<number, number>();

  async function alertsOf(query: string): Promise<Alert[]> {
    const answer = await client.get({ method: 'GET', path: `/api/v1/alerts?${query}` });
    return JSON.parse(answer.text).data;
  }
  const posting = {
    get: async (asked: Asked) => {
      const answer = await client.get(asked);
      accepted.set(JSON.parse(answer.text).id, performance.now());
      return answer;
    },
  };
  const isAwaited = () => [...accepted.keys()].some((id) => !visible.has(id));

  let last = (await alertsOf('limit=1')).at(-1)?.id ?? 1;
  let isPosting = true;
  const posted = keepPace(posting, { next: high, perSecond: PER_SECOND, ms: SECONDS * 1000 }).finally(() => {
    isPosting = false;
  });
  for (const deadline = Date.now() + 60_000; isPosting || isAwaited(); ) {
    if (Date.now() > deadline) throw new Error('some High events have no alert after a minute');
    const alerts = await alertsOf(`limit=100&sort_order=asc&cursor=${last}`);
    for (const { event } of alerts) visible.set(event.id, performance.now());
    last = alerts.at(-1)?.id ?? last;
    if (alerts.length < 100) await new Promise((wake) => setTimeout(wake, LOOK_EVERY_MS));
  }
  await posted;
  return delaysOf({ latencies: [...accepted].map(([id, at]) => (visible.get(id) ?? 0) - at) });
}
