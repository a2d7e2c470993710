import { parseArgs } from 'node:util';

export const HELP = `npm run seed -- [--events N] [--incidents N] [--days N] [--seed N] [--state DIR]

Fills an empty local instance with believable data, before it is started: events and their alerts, incidents with
notes and timelines, sensors and people.

  --events N      how many events, up to 1,000,000 (20000)
  --incidents N   how many incidents, up to 10,000 (200)
  --days N        over how many days until now, up to 366 (90)
  --seed N        another number gives other data, the same one the same (1)
  --state DIR     the local instance's state (.wrangler/state)

Demo data gives way; a state that holds anything else is refused.`;

const NUMBERS = {
  events: { from: 1, to: 1_000_000, usual: 20_000 },
  incidents: { from: 0, to: 10_000, usual: 200 },
  days: { from: 1, to: 366, usual: 90 },
  seed: { from: 0, to: 4_294_967_295, usual: 1 },
};

export type Options = Record<keyof typeof NUMBERS, number> & { state: string };

/** What the arguments ask for; null: for help. Throws what is wrong with them. */
export function readOptions(args: string[]): Options | null {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: {
      events: text,
      incidents: text,
      days: text,
      seed: text,
      state: { ...text, default: '.wrangler/state' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const number = (name: keyof typeof NUMBERS) => readNumber(name, values[name]);
  return {
    events: number('events'),
    incidents: number('incidents'),
    days: number('days'),
    seed: number('seed'),
    state: values.state,
  };
}

function readNumber(name: keyof typeof NUMBERS, text: string | undefined): number {
  const { from, to, usual } = NUMBERS[name];
  if (text === undefined) return usual;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= from && number <= to) return number;
  throw new Error(`--${name} must be a whole number from ${from} to ${to.toLocaleString('en')}.`);
}
