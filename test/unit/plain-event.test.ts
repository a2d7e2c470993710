import { describe, expect, it } from 'vitest';
import { newEvent } from '../../src/events/contract.ts';
import { plainEvent } from '../../src/events/plain-event.ts';

const GOOD = { source: 'fw-1', event_type: 'scan', severity: 'high' };

const deep = (levels: number): object => (levels === 0 ? {} : { in: deep(levels - 1) });

// What may come in each field: good, odd and bad.
const TEXTS = ['a', '', ' a', 'a ', 'a\nb', 'a\tb', 'a\u0000', '\ud800', '🙂', 'é', 'x'.repeat(200), 'x'.repeat(201)];
const VALUES: Record<string, unknown[]> = {
  source: [...TEXTS, 3, null, undefined, {}],
  event_type: [...TEXTS, 'x'.repeat(100), 'x'.repeat(101), 7],
  severity: ['low', 'medium', 'high', 'critical', 'HIGH', 'High', 'urgent', '', null, 'toString'],
  description: [...TEXTS, 'x'.repeat(4000), 'x'.repeat(4001), 'line\nline', null],
  occurred_at: [
    '2026-11-21T09:30:00Z',
    '2026-11-21T09:30:00.5Z',
    '2026-11-21T09:30:00.123456Z',
    '2026-11-21T10:30:00+01:00',
    '2026-02-28T23:59:59Z',
    '2026-02-30T00:00:00Z',
    '2026-01-31T00:00:00Z',
    '2026-11-21T24:00:00Z',
    '2026-11-21T09:30:60Z',
    '2026-11-21T09:30Z',
    '2026-11-21',
    '0001-01-01T00:00:00Z',
    '',
    null,
    1,
  ],
  attributes: [
    {},
    { a: 1 },
    [],
    'x',
    null,
    deep(32),
    deep(33),
    { text: 'x'.repeat(5_000) },
    { text: 'x'.repeat(17_000) },
    { text: '€'.repeat(5_500) },
    { nested: [1, { b: null }] },
  ],
  dedup_key: [...TEXTS, null],
  external_id: [...TEXTS, null],
  source_name: ['a'],
  other: [1],
  __proto__x: [1],
};

const cases = Object.entries(VALUES).flatMap(([field, values]) =>
  values.map((value) => ({ ...GOOD, [field]: value }) as object),
);

describe('an event that is plainly good', () => {
  it.each(cases.map((event) => [JSON.stringify(event).slice(0, 80), event] as const))(
    'is read as the contract reads it: %s',
    (_, event) => {
      const plain = plainEvent(structuredClone(event));
      if (plain) expect(newEvent.parse(event)).toEqual(plain);
    },
  );

  it('is what sensors send', () => {
    const full = {
      ...GOOD,
      description: 'Port scan detected',
      occurred_at: '2026-11-21T09:29:58Z',
      attributes: { ports: [22, 80, 443] },
      dedup_key: 'scan',
      external_id: 'scan-1',
    };
    for (const event of [GOOD, full]) expect(plainEvent(event)).toEqual(newEvent.parse(event));
  });

  it.each([null, [], 'text', 3, { ...GOOD, source: undefined }, { source: 'a', severity: 'low' }])(
    'is not %j',
    (value) => {
      expect(plainEvent(value)).toBeUndefined();
    },
  );

  it('agrees with the contract on a thousand random events', () => {
    const fields = Object.keys(VALUES);
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    let plain = 0;
    for (let n = 0; n < 1_000; n++) {
      const event: Record<string, unknown> = { ...GOOD };
      for (let f = random(4); f > 0; f--) {
        const field = fields[random(fields.length - 3)] as string;
        const values = VALUES[field] ?? [];
        event[field] = values[random(values.length)];
      }
      const read = plainEvent(structuredClone(event));
      if (!read) continue;
      plain += 1;
      expect(newEvent.parse(event)).toEqual(read);
    }
    expect(plain).toBeGreaterThan(100);
  });
});
