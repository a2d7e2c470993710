import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Announcements } from './announcements.ts';
import { ask, fireCron, insist, pause } from './client.ts';
import { CONTROL, type Fault, type Kill, type Orders } from './faults.ts';
import { Instance } from './instance.ts';
import { type Options, planRounds, type Round } from './plan.ts';
import { Sender } from './sender.ts';
import { makeTrouble, type Scene, SEAL, SWEEP } from './troubles.ts';
import { auditFaults, countRows, judge, type Verdict } from './verdict.ts';

/** Minutes, each with one run of the cron, after which nothing may be owed any more. */
export const MAX_MINUTES = 2;
const NOT_ANNOUNCED_MS = 15_000;
/** So many wrong answers are proof enough. */
const MAX_WRONG = 10;
const PEACE: Orders = { seed: 0, fault: null, kill: null };

export type Outcome = {
  counts: Map<Fault | Kill, number>;
  verdict: Verdict;
  /** Minutes that the product needed, after the worst round, to owe nothing. Infinite when the bound was passed. */
  minutes: number;
  /** What else was not as it should be, in words. */
  complaints: string[];
};

/** Runs the whole suite; what it did is in the outcome, whether that is good is for `isGood` to say. */
export async function runChaos(options: Options, tell: (line: string) => void = () => {}): Promise<Outcome> {
  const directory = await mkdtemp(join(tmpdir(), 'edgewatch-chaos-'));
  let instance: Instance | undefined;
  const heard = await Announcements.listen(() => instance?.kill());
  try {
    instance = await Instance.create({ directory, announceTo: heard.address, quota: options.events + 10_000 });
    const sender = new Sender(instance, await newSensor(instance));
    let last = options.events;
    const scene = { instance, sender, heard, nextEvent: () => last++ };
    let minutes = 0;
    const complaints: string[] = [];
    for (const round of planRounds(options)) {
      complaints.push(...(await play(scene, round)));
      minutes = Math.max(minutes, await settle(instance));
      tell(describe(round));
      if (sender.ledger.wrong.length >= MAX_WRONG) break;
    }
    const outcome = await conclude(scene, { minutes, complaints });
    if (isGood(outcome)) await rm(directory, { recursive: true });
    else tell(`State and log of this run are left in ${directory}`);
    return outcome;
  } finally {
    await instance?.stop();
    heard.close();
  }
}

function describe({ orders: { fault, kill }, parcels }: Round): string {
  const events = parcels.reduce((sum, parcel) => sum + parcel.events.length, 0);
  return `${events} events, ${[fault, kill?.point].filter(Boolean).join(', ') || 'no fault'}`;
}

async function newSensor(instance: Instance): Promise<string> {
  const { text } = await insist(instance, '/api/v1/sensors', { method: 'POST', body: '{"name": "chaos"}' });
  return JSON.parse(text).key;
}

/** Posts the round's events while its faults strike; answers what did not happen that should have. */
async function play(scene: Scene, { orders, parcels }: Round): Promise<string[]> {
  const { instance, sender, heard } = scene;
  const { fault, kill } = orders;
  const before = { fault: fault ? heard.count(fault) : 0, kill: kill ? heard.count(kill.point) : 0 };
  const struck = () => !fault || heard.count(fault) > before.fault;
  const killed = () => !kill || heard.count(kill.point) > before.kill;
  await instance.order(orders);
  const half = Math.ceil(parcels.length / 2);
  await sender.postAll(parcels.slice(0, half));
  await Promise.all([sender.postAll(parcels.slice(half)), makeTrouble(scene, fault)]);

  const deadline = Date.now() + NOT_ANNOUNCED_MS;
  const waiting = () => Date.now() < deadline;
  while (!killed() && waiting()) await provoke(scene, fault);
  while (!struck() && waiting()) await provoke(scene, fault);
  await instance.order(PEACE);
  // After a shift of the clock this leaves an audit row of the true time: two shifts in a row would be one of two hours,
  // which the log rightly calls backdated.
  await postTwo(scene);
  return [killed() ? [] : `${kill?.point} was not reached`, struck() ? [] : `${fault} did not strike`].flat();
}

/** Another chance for a fault or a kill that did not find one in the load. */
async function provoke(scene: Scene, fault: Fault | null): Promise<void> {
  await postTwo(scene);
  await makeTrouble(scene, fault);
  await pause(300);
}

async function postTwo({ sender, nextEvent }: Scene): Promise<void> {
  const events = [nextEvent(), nextEvent()].map((n) => ({ n, severity: 'critical', key: 'external_id' }) as const);
  await sender.post({ events, form: 'json', poster: 'sensor', again: false });
}

/** The quiet after a round: how many minutes, each with one run of the cron, it takes until nothing is owed. */
async function settle(instance: Instance): Promise<number> {
  for (let minute = 0; minute <= MAX_MINUTES; minute++) {
    const { text } = await insist(instance, CONTROL.pending);
    if (text === '0') return minute;
    if (minute < MAX_MINUTES) await fireCron(instance, SWEEP);
  }
  return Number.POSITIVE_INFINITY;
}

type SoFar = { minutes: number; complaints: string[] };

async function conclude({ instance, sender, heard }: Scene, { minutes, complaints }: SoFar): Promise<Outcome> {
  for (const cron of [SWEEP, SEAL]) {
    if (!(await fireCron(instance, cron))) complaints.push(`the cron ${cron} fails though nothing else does`);
  }
  const faults = await auditFaults(instance);
  const verdict = { ...(await judge(instance, sender.ledger)), auditFaults: faults.length };
  const health = await ask(instance, '/health');
  if (JSON.parse(health?.text ?? '{}').oldest_pending_seconds !== 0) complaints.push(`health says ${health?.text}`);
  await instance.stop();
  const rows = countRows(instance.state);
  const { accepted, owed } = verdict;
  const deleted = sender.ledger.deleted.size;
  if (rows.events !== accepted - deleted || rows.alerted !== owed || rows.owed > 0) {
    complaints.push(`the database holds ${JSON.stringify(rows)}`);
  }
  return { counts: heard.counts, verdict, minutes, complaints: [...complaints, ...faults, ...sender.ledger.wrong] };
}

/** Whether every promise held. */
export function isGood({ verdict, minutes, complaints }: Outcome): boolean {
  const { accepted, owed, ...zeroes } = verdict;
  return Object.values(zeroes).every((n) => n === 0) && minutes <= MAX_MINUTES && complaints.length === 0;
}
