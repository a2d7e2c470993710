import { describe, expect, it } from 'vitest';
import { slackMessage } from '../../src/notifications/slack-message.ts';
import type { Told } from '../../src/notifications/told.ts';
import { LONG, NASTY, told, toldOfSilence } from '../support/told.ts';

type Text = { type: string; text: string; verbatim?: boolean };
type Block = { type: string; text?: Text; fields?: Text[] };
const message = (notification: Told) => slackMessage(notification) as { text: string; blocks: Block[] };

/** Every text in which Slack reads mentions and links. */
function marked({ text, blocks }: ReturnType<typeof message>): string[] {
  const texts = blocks.flatMap((block) => [block.text, ...(block.fields ?? [])]);
  return [text, ...texts.flatMap((one) => (one?.type === 'mrkdwn' ? [one.text] : []))];
}

it('shows title, description, facts and a link', () => {
  const { text, blocks } = message(told());
  expect(text).toBe('🔴 Alert 12: scan at fw-1 (critical)');
  expect(blocks.map(({ type }) => type)).toEqual(['header', 'section', 'section', 'section']);
  expect(blocks[0]?.text).toEqual({ type: 'plain_text', text, emoji: false });
  expect(blocks[1]?.text?.text).toBe('Port scan detected');
  expect(blocks[2]?.fields?.map((field) => field.text)).toContain('Assignee: ana');
  expect(blocks[3]?.text?.text).toBe('<https://edgewatch.example.com/alerts/12|Open in Edgewatch>');
});

it('leaves out what there is not', () => {
  const { blocks } = message(told({ alert: { description: '', assignee: null }, more: { url: null } }));
  expect(blocks.map(({ type }) => type)).toEqual(['header', 'section']);
  expect(message(toldOfSilence()).text).toBe('⚪ Silence 3 is over: Patch day');
});

describe('text of others', () => {
  it.each(NASTY)('%j makes no mention and no link', (text) => {
    const link = '<https://edgewatch.example.com/alerts/12|Open in Edgewatch>';
    const shown = message(told({ alert: { source: text, event_type: text, description: text, assignee: text } }));
    for (const one of marked(shown).filter((part) => part !== link)) {
      expect(one).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
    }
  });

  it('is shortened to what Slack takes, and no escape is cut', () => {
    const lengths = ({ blocks }: ReturnType<typeof message>) => ({
      header: blocks[0]?.text?.text.length ?? 0,
      sections: blocks.slice(1).map(({ text }) => text?.text.length ?? 0),
      fields: blocks.flatMap(({ fields = [] }) => fields.map(({ text }) => text.length)),
      perSection: blocks.map(({ fields = [] }) => fields.length),
    });
    const amp = '&'.repeat(4_000);
    for (const alert of [LONG, { source: amp, event_type: amp, description: amp, assignee: amp }]) {
      const { header, sections, fields, perSection } = lengths(message(told({ alert })));
      expect(header).toBeLessThanOrEqual(150);
      expect(Math.max(...sections)).toBeLessThanOrEqual(3_000);
      expect(Math.max(...fields)).toBeLessThanOrEqual(2_000);
      expect(Math.max(...perSection)).toBeLessThanOrEqual(10);
    }
    const [, section] = message(told({ alert: { description: amp } })).blocks;
    expect(section?.text?.text).toMatch(/^(&amp;)+…$/);
  });

  it('is never cut within a character', () => {
    const { blocks } = message(told({ alert: { event_type: '😀'.repeat(100) } }));
    expect(blocks[0]?.text?.text.isWellFormed()).toBe(true);
    expect(blocks[0]?.text?.text.at(-1)).toBe('…');
  });
});
