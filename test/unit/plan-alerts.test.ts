import { describe, expect, it } from 'vitest';
import { planAlerts } from '../../src/alerts/plan-alerts.ts';
import type { Policy } from '../../src/escalation/match-policy.ts';
import type { Owed } from '../../src/events/select-owed.ts';
import type { GroupingRule } from '../../src/grouping/contract.ts';
import type { Silence } from '../../src/silences/match-silence.ts';

const NOW = new Date('2026-11-21T09:30:00Z');
const at = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

let ids = 0;
const event = (fields: Partial<Owed> = {}): Owed => ({
  ...{ id: ++ids, timestamp: NOW, source: 'fw-1', eventType: 'scan', severity: 'high', attributes: {}, dedupKey: null },
  ...fields,
});

const person = { createdBy: 'user:admin', createdAt: NOW, updatedAt: NOW };
const rule = (fields: Partial<GroupingRule> = {}): GroupingRule => ({
  ...{ id: 1, name: 'r', position: 1, matchers: [], fields: ['source'], windowSeconds: 600, enabled: true, ...person },
  ...fields,
});

const silence = (fields: Partial<Silence> = {}): Silence => ({
  ...{ id: 1, reason: 'r', matchers: [], startsAt: at(-60), endsAt: at(60), announceTo: null, suppressedCount: 0 },
  ...{ windowId: null, createdBy: 'user:admin', createdAt: NOW, endedBy: null, announcedAt: null },
  ...fields,
});

const policy = (fields: Partial<Policy> = {}): Policy => ({
  ...{ id: 1, name: 'p', position: 1, matchers: [], steps: [{ afterSeconds: 60, channelIds: [1] }] },
  ...{ repeatCount: 0, repeatAfterSeconds: 600, targets: {}, enabled: true, ...person },
  ...fields,
});

const planned = (owed: Owed[], known: { rules?: GroupingRule[]; silences?: Silence[]; policies?: Policy[] } = {}) =>
  planAlerts({ owed, rules: [], silences: [], policies: [], ...known });

const keysOf = (owed: Owed[], ...rules: GroupingRule[]) => planned(owed, { rules }).raising.map(([, key]) => key);

describe('the key of an event', () => {
  it('is its own before that of any rule, and none without either', () => {
    expect(keysOf([event({ dedupKey: 'own' }), event()])).toEqual(['own', null]);
    expect(keysOf([event({ dedupKey: 'own' }), event()], rule())).toEqual(['own', 'rule:1 {"source":"fw-1"}']);
  });

  it('is of the first rule whose matchers hold', () => {
    const scans = rule({ id: 7, matchers: [{ field: 'event_type', op: 'eq', value: 'scan' }] });
    const all = rule({ id: 8 });
    const owed = [event(), event({ eventType: 'login' })];
    expect(keysOf(owed, scans, all)).toEqual(['rule:7 {"source":"fw-1"}', 'rule:8 {"source":"fw-1"}']);
    expect(keysOf(owed, scans)).toEqual(['rule:7 {"source":"fw-1"}', null]);
  });

  it('tells apart what is missing, what is empty and what only looks alike when it is joined', () => {
    const fields = rule({ fields: ['attributes.a', 'attributes.b'] });
    const attributes = [{ a: 'x', b: 'y' }, { a: 'x","b":"y' }, { a: '' }, {}, { a: null }, { a: 1 }, { a: '1' }];
    const keys = keysOf(
      attributes.map((some) => event({ attributes: some })),
      fields,
    );
    // Null is as good as missing, and a number is its text.
    expect(new Set(keys).size).toBe(5);
    expect([keys[3], keys[5]]).toEqual([keys[4], keys[6]]);
  });

  it('has at most 200 characters, and long ones differ when what they are made of does', () => {
    const long = (end: string) => event({ attributes: { a: 'x'.repeat(500) + end } });
    const [one, same, other] = keysOf([long('1'), long('1'), long('2')], rule({ fields: ['attributes.a'] }));
    expect(one).toBe(same);
    expect(one).not.toBe(other);
    expect(one?.length).toBeLessThan(60);
  });

  it('has a window only when a rule made it, which is looked at from the first event', () => {
    const { windows } = planned(
      [event({ timestamp: at(30) }), event({ timestamp: at(40) }), event({ dedupKey: 'k' })],
      {
        rules: [rule()],
      },
    );
    expect(windows).toEqual([['rule:1 {"source":"fw-1"}', at(30 - 600).getTime()]]);
  });
});

describe('a silence', () => {
  it('suppresses what matches while it lasts, by the time of the event', () => {
    const owed = [-61, -60, 59, 60].map((seconds) => event({ timestamp: at(seconds) }));
    const { suppressed, raising } = planned(owed, { silences: [silence({ id: 5 })] });
    expect(suppressed).toEqual([owed[1], owed[2]].map((one) => [one?.id, 5]));
    expect(raising.map(([id]) => id)).toEqual([owed[0]?.id, owed[3]?.id]);
  });

  it('leaves others alone, and its events open no group', () => {
    const silences = [silence({ matchers: [{ field: 'source', op: 'eq', value: 'quiet' }] })];
    const owed = [event({ source: 'quiet', dedupKey: 'k' }), event({ dedupKey: 'k' })];
    expect(planned(owed, { silences })).toMatchObject({
      suppressed: [[owed[0]?.id, 1]],
      raising: [[owed[1]?.id, 'k']],
    });
  });
});

describe('a policy', () => {
  const targets = {
    high: { acknowledgeSeconds: 600, resolveSeconds: null },
    critical: { acknowledgeSeconds: 30, resolveSeconds: 300 },
  };
  const fateOf = (owed: Owed[], ...policies: Policy[]) =>
    planned(owed, { policies }).raising.map(([, , ...fate]) => fate);

  it('asks for its targets by the highest severity of a group, and for what is due first', () => {
    expect(fateOf([event()], policy({ targets }))).toEqual([[1, 60_000, 600_000, null]]);
    const group = [event({ dedupKey: 'k' }), event({ dedupKey: 'k', severity: 'critical' })];
    expect(fateOf(group, policy({ targets }))).toEqual([
      [1, 30_000, 30_000, 300_000],
      [1, 30_000, 30_000, 300_000],
    ]);
  });

  it('is the first that matches the first event; without a match there is none', () => {
    const logins = policy({ id: 3, matchers: [{ field: 'event_type', op: 'eq', value: 'login' }] });
    expect(fateOf([event(), event({ eventType: 'login' })], logins)).toEqual([[], [3, 60_000, null, null]]);
    const group = [event({ dedupKey: 'k', eventType: 'login' }), event({ dedupKey: 'k' })];
    expect(fateOf(group, logins).map(([id]) => id)).toEqual([3, 3]);
  });

  it('with nothing to do is never due, and an event that was lowered since counts as High', () => {
    expect(fateOf([event()], policy({ steps: [] }))).toEqual([[1, null, null, null]]);
    expect(fateOf([event({ severity: 'low' })], policy({ targets }))).toEqual([[1, 60_000, 600_000, null]]);
  });
});
