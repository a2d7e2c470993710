import { AdaptiveCard, SerializationContext, Versions } from 'adaptivecards';
import { expect, it } from 'vitest';
import { teamsMessage } from '../../src/notifications/teams-message.ts';
import type { Told } from '../../src/notifications/told.ts';
import { LONG, NASTY, told, toldOfSilence } from '../support/told.ts';

type Run = { type: string; text: string };
type Card = { version: string; body: { type: string; inlines: Run[] }[]; actions?: unknown[] };

function cardOf(notification: Told): Card {
  const message = teamsMessage(notification) as { type: string; attachments: { contentType: string; content: Card }[] };
  const [attachment] = message.attachments;
  expect(message.type).toBe('message');
  expect(attachment?.contentType).toBe('application/vnd.microsoft.card.adaptive');
  if (!attachment) throw new Error('there is no card');
  return attachment.content;
}

/** What the parser of Adaptive Cards 1.5 complains of. */
function complaints(card: Card): string[] {
  const context = new SerializationContext(Versions.v1_5);
  new AdaptiveCard().parse(card, context);
  return Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
}

const linesOf = ({ body }: Card) => body.map(({ inlines }) => inlines.map(({ text }) => text).join(''));

it('is a card that the parser of Adaptive Cards takes', () => {
  const kinds = ['alert.raised', 'alert.acknowledged', 'alert.resolved', 'test'] as const;
  for (const notification of [...kinds.map((kind) => told({ kind })), toldOfSilence()]) {
    expect(complaints(cardOf(notification))).toEqual([]);
  }
  // It does look.
  expect(complaints({ ...cardOf(told()), body: [{ type: 'Nothing', inlines: [] }] })).toHaveLength(1);
});

it('shows title, each line of the description, facts and a link', () => {
  const card = cardOf(told({ alert: { description: 'One\n\nTwo' } }));
  expect(linesOf(card).slice(0, 4)).toEqual([
    '🔴 Alert 12: scan at fw-1 (critical)',
    'One',
    'Two',
    'Severity: critical',
  ]);
  expect(card.actions).toEqual([
    { type: 'Action.OpenUrl', title: 'Open in Edgewatch', url: 'https://edgewatch.example.com/alerts/12' },
  ]);
  expect(cardOf(toldOfSilence()).actions).toBeUndefined();
});

it.each(NASTY)('shows %j as it is, in runs, which know no Markdown', (text) => {
  const card = cardOf(told({ alert: { description: text, assignee: text } }));
  expect(complaints(card)).toEqual([]);
  expect(
    card.body.every(({ type, inlines }) => type === 'RichTextBlock' && inlines.every((run) => run.type === 'TextRun')),
  ).toBe(true);
  expect(linesOf(card)).toContain(text.split('\n')[0]);
});

it('stays below 28 KB, whatever is in it', () => {
  const long = '界'.repeat(4_000);
  for (const alert of [{ ...LONG, assignee: long }, { description: long }, { description: '"\n'.repeat(2_000) }]) {
    const bytes = new TextEncoder().encode(JSON.stringify(teamsMessage(told({ alert })))).byteLength;
    expect(bytes).toBeLessThan(28 * 1024);
  }
});
