import { parseArgs } from 'node:util';
import { FAULT_NAMES, FAULTS, KILL_NAMES, KILLS } from './faults.ts';
import type { Options } from './plan.ts';
import { isGood, MAX_MINUTES, type Outcome, runChaos } from './run-chaos.ts';

const HELP = `npm run chaos -- [options]

Posts events with a known truth while the product is killed and its bindings fail, and compares what is left.

  --events N      events to post (20000)
  --kills N       kill -9 of the whole process group (25)
  --faults A,B    only these faults and kill points, by name (all)
  --seed N        another plan; the same number makes the same (1)

Faults: ${[...FAULT_NAMES, ...KILL_NAMES].join(', ')}`;

function readOptions(): Options | null {
  const { values } = parseArgs({
    options: {
      events: { type: 'string', default: '20000' },
      kills: { type: 'string', default: '25' },
      faults: { type: 'string' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const number = (name: 'events' | 'kills' | 'seed') => {
    const value = Number(values[name]);
    if (!Number.isInteger(value) || value < 0) throw new Error(`--${name} must be a whole number.`);
    return value;
  };
  const chosen = values.faults?.split(',').map((name) => name.trim()) ?? [...FAULT_NAMES, ...KILL_NAMES];
  const unknown = chosen.filter((name) => !(name in FAULTS) && !(name in KILLS));
  if (unknown.length > 0) throw new Error(`No fault ${unknown.join(', ')}. See --help.`);
  const killPoints = KILL_NAMES.filter((name) => chosen.includes(name));
  const faults = FAULT_NAMES.filter((name) => chosen.includes(name));
  const kills = killPoints.length > 0 ? number('kills') : 0;
  return { seed: number('seed'), events: number('events'), kills, faults, killPoints };
}

function row(name: string, value: number): string {
  return `  ${name.padEnd(36)}${String(value).padStart(8)}`;
}

function report({ counts, verdict, minutes, complaints }: Outcome): string {
  const injected = [...FAULT_NAMES, ...KILL_NAMES].flatMap((name) => {
    const count = counts.get(name);
    return count ? row(name, count) : [];
  });
  const kills = KILL_NAMES.reduce((sum, name) => sum + (counts.get(name) ?? 0), 0);
  return [
    `${injected.length} named faults, ${kills} of the strikes kill -9:`,
    ...injected,
    'What is left:',
    row('events accepted', verdict.accepted),
    row('alerts owed', verdict.owed),
    row('accepted events missing', verdict.eventsMissing),
    row('events duplicated', verdict.eventsDuplicated),
    row('alerts missing', verdict.alertsMissing),
    row('alerts duplicated', verdict.alertsDuplicated),
    row('alerts miscounted', verdict.alertsMiscounted),
    row('faults of the audit chain', verdict.auditFaults),
    row(`minutes until nothing is owed, ≤ ${MAX_MINUTES}`, minutes),
    ...complaints.slice(0, 20),
  ].join('\n');
}

try {
  const options = readOptions();
  if (options) {
    const started = Date.now();
    const outcome = await runChaos(options, (line) => console.log(`${secondsSince(started)} s  ${line}`));
    console.log(report(outcome));
    console.log(
      `${isGood(outcome) ? 'All promises held' : 'A PROMISE WAS BROKEN'}: seed ${options.seed}, ${secondsSince(started)} s.`,
    );
    process.exitCode = isGood(outcome) ? 0 : 1;
  } else console.log(HELP);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

function secondsSince(start: number): string {
  return ((Date.now() - start) / 1000).toFixed(0).padStart(3);
}
