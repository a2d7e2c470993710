import type { Announcements } from './announcements.ts';
import { ask, fireCron, insist } from './client.ts';
import { CONTROL, type Fault } from './faults.ts';
import type { Instance } from './instance.ts';
import type { Planned } from './plan.ts';
import type { Sender } from './sender.ts';

export const SWEEP = '* * * * *';
export const SEAL = '*/5 * * * *';

const TIMES = 5;

export type Scene = { instance: Instance; sender: Sender; heard: Announcements; nextEvent: () => number };

/** What the runner itself does in a round with this fault, beside posting. Each may fail: something is broken. */
const TROUBLES: Partial<Record<Fault, (scene: Scene) => Promise<void>>> = {
  'poison message': (scene) =>
    repeat(scene, 'poison message', async (time) => {
      const poison = ['text', null, { type: 'raise_everything' }, { type: 'raise_alerts', event_ids: ['1'] }, []];
      await send(scene, poison[time]);
    }),
  'message of a deleted event': (scene) => repeat(scene, 'message of a deleted event', () => deleteOne(scene)),
  'dead-letter consumer throws': async (scene) => {
    for (let time = 0; time < TIMES; time++) await send(scene, { lost: time }, '?dead');
  },
  'overlapping crons': (scene) =>
    repeat(scene, 'overlapping crons', async () => {
      const crons = [SWEEP, SEAL, SWEEP, SEAL, SWEEP, SEAL];
      await Promise.all(crons.map((cron) => fireCron(scene.instance, cron)));
    }),
  // What needs R2 is the seals.
  'R2 down with D1 up': async ({ instance }) => {
    for (let time = 0; time < TIMES; time++) for (const cron of [SWEEP, SEAL]) await fireCron(instance, cron);
  },
  // Posts need KV seldom, signing in always.
  'KV down': signInBadly,
  'KV 429': signInBadly,
};

/** What goes on in every round, in the midst of the load. */
export async function makeTrouble(scene: Scene, fault: Fault | null): Promise<void> {
  if (fault) await TROUBLES[fault]?.(scene);
  for (const cron of [SWEEP, SEAL]) await fireCron(scene.instance, cron);
}

async function repeat({ heard }: Scene, fault: Fault, once: (time: number) => Promise<void>): Promise<void> {
  for (let time = 0; time < TIMES; time++) {
    await once(time);
    heard.note(fault);
  }
}

async function send({ instance }: Scene, message: unknown, query = ''): Promise<void> {
  await ask(instance, CONTROL.send + query, { method: 'POST', body: JSON.stringify(message) });
}

/** An event that is deleted, and then a message that names it beside some that never were. */
async function deleteOne(scene: Scene): Promise<void> {
  const { instance, sender } = scene;
  const event: Planned = { n: scene.nextEvent(), severity: 'critical', key: 'external_id' };
  await sender.post({ events: [event], form: 'single', poster: 'person', again: false });
  const id = sender.ledger.accepted.get(event.n)?.id;
  if (!id) return;
  const { status } = await insist(instance, `/api/v1/events/${id}`, { method: 'DELETE' });
  // A first answer that was lost makes the second a 404.
  if (status === 204 || status === 404) sender.ledger.deleted.add(event.n);
  await send(scene, { type: 'raise_alerts', event_ids: [id, 999_999_999] });
}

async function signInBadly({ instance }: Scene): Promise<void> {
  const body = JSON.stringify({ username: 'nobody', password: 'a password that is nobodys' });
  for (let time = 0; time < TIMES; time++) await ask(instance, '/api/v1/token', { method: 'POST', body });
}
