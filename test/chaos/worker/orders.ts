import { type Random, randomOf } from '../../../scripts/seed/random.ts';
import type { Fault, Kill, Orders } from '../faults.ts';
import { shiftClock } from './clock.ts';

type Plan = { chance: number; times?: number };

/** How often a fault strikes when it could; always, where nothing else is said. The first time it always does. */
const PLANS: Partial<Record<Fault, Plan>> = {
  'send throws': { chance: 0.5 },
  'send hangs': { chance: 0.5 },
  'send vanishes': { chance: 0.5 },
  'send duplicates': { chance: 0.5 },
  'consumer throws before commit': { chance: 0.5 },
  'consumer throws after commit': { chance: 0.5 },
  'D1 overloaded': { chance: 0.3 },
  'D1 lost before commit': { chance: 0.3 },
  'D1 lost after commit': { chance: 0.3 },
  'D1 down with R2 up': { chance: 1, times: 60 },
  'dead-letter consumer throws': { chance: 0.5 },
};

const HOUR = 3_600_000;
const SKEWS: Partial<Record<Fault, number>> = { 'clock an hour ahead': HOUR, 'clock an hour behind': -HOUR };

let orders: Orders = { seed: 0, fault: null, kill: null };
let random: Random = randomOf(0, 'worker');
let struck = 0;
let reached = 0;
let announceTo = '';

/** From now on these orders hold. Announcements go to the runner's address. */
export async function obey(next: Orders, address: string): Promise<void> {
  orders = next;
  random = randomOf(next.seed, 'worker');
  struck = 0;
  reached = 0;
  announceTo = address;
  const skew = (next.fault && SKEWS[next.fault]) ?? 0;
  shiftClock(skew);
  if (skew !== 0 && next.fault) await announce(next.fault);
}

/** Whether this fault strikes here and now. The runner is told first, so that it knows even if a kill follows. */
export async function strikes(fault: Fault): Promise<boolean> {
  if (orders.fault !== fault) return false;
  const { chance, times = Number.POSITIVE_INFINITY } = PLANS[fault] ?? { chance: 1 };
  if (struck >= times || (struck > 0 && !random.chance(chance))) return false;
  struck += 1;
  await announce(fault);
  return true;
}

/** A point at which a kill may fall. If it does, this never returns. */
export async function reach(point: Kill): Promise<void> {
  if (orders.kill?.point !== point) return;
  reached += 1;
  if (reached === orders.kill.after) await announce(point);
}

async function announce(name: Fault | Kill): Promise<void> {
  await fetch(announceTo, { method: 'POST', body: name });
}
