import { expect, it } from 'vitest';
import { isChange, pagerdutyChange, pagerdutyEvent } from '../../src/notifications/pagerduty-event.ts';
import { LONG, NASTY, told, toldOfSilence } from '../support/told.ts';

it('has what the Events API asks for', () => {
  expect(pagerdutyEvent(told())).toEqual({
    event_action: 'trigger',
    dedup_key: 'edgewatch/alert:12',
    client: 'Edgewatch',
    client_url: 'https://edgewatch.example.com/alerts/12',
    links: [{ href: 'https://edgewatch.example.com/alerts/12', text: 'Open in Edgewatch' }],
    payload: {
      summary: 'Alert 12: scan at fw-1 (critical)',
      source: 'fw-1',
      severity: 'critical',
      timestamp: '2026-11-21T09:30:00.000Z',
      class: 'scan',
      custom_details: expect.objectContaining({ Description: 'Port scan detected', Events: '3', Assignee: 'ana' }),
    },
  });
});

it.each([
  ['alert.raised', 'open', 'trigger'],
  ['alert.escalated', 'open', 'trigger'],
  ['alert.acknowledged', 'acknowledged', 'acknowledge'],
  ['alert.resolved', 'resolved', 'resolve'],
  ['alert.reopened', 'open', 'trigger'],
  ['alert.target_missed', 'open', 'trigger'],
  // Told late: the incident is over and stays so.
  ['alert.target_missed', 'resolved', 'resolve'],
  ['alert.escalated', 'resolved', 'resolve'],
] as const)('of %s while it is %s is one to %s', (kind, status, action) => {
  const event = pagerdutyEvent(told({ kind, alert: { status } }));
  expect(event).toMatchObject({ event_action: action, dedup_key: 'edgewatch/alert:12' });
});

it.each([
  ['critical', 'critical'],
  ['high', 'error'],
  ['medium', 'warning'],
  ['low', 'info'],
  ['unheard-of', 'info'],
])('maps %s to %s', (severity, mapped) => {
  expect(pagerdutyEvent(told({ alert: { severity } }))).toMatchObject({ payload: { severity: mapped } });
  expect(pagerdutyEvent(told({ kind: 'test', alert: { severity } }))).toMatchObject({ payload: { severity: 'info' } });
});

it('of a silence is a change, which calls nobody', () => {
  expect([isChange(toldOfSilence()), isChange(told())]).toEqual([true, false]);
  expect(pagerdutyChange(toldOfSilence())).toEqual({
    links: [],
    payload: {
      summary: 'Silence 3 is over: Patch day',
      source: 'Edgewatch',
      timestamp: '2026-11-21T09:30:00.000Z',
      custom_details: expect.objectContaining({ 'Events suppressed': '7' }),
    },
  });
});

it('keeps to the lengths that PagerDuty takes, and text of others as it is', () => {
  const { payload, dedup_key } = pagerdutyEvent(told({ alert: { ...LONG, event_type: '界'.repeat(2_000) } })) as {
    payload: { summary: string; source: string };
    dedup_key: string;
  };
  expect(payload.summary.length).toBeLessThanOrEqual(1_024);
  expect(payload.source.length).toBeLessThanOrEqual(255);
  expect(dedup_key.length).toBeLessThanOrEqual(255);
  for (const text of NASTY) {
    const event = pagerdutyEvent(told({ alert: { description: text, source: text } })) as {
      payload: { summary: string };
    };
    expect(event.payload).toMatchObject({ source: text, custom_details: { Description: text } });
    expect(event.payload.summary).not.toMatch(/[\r\n]/);
  }
});
