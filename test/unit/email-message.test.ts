import { expect, it } from 'vitest';
import { emailMessage } from '../../src/notifications/email-message.ts';
import { LONG, NASTY, told } from '../support/told.ts';

it('says the same as text and as a page', () => {
  const { subject, text, html } = emailMessage(told());
  expect(subject).toBe('🔴 Alert 12: scan at fw-1 (critical)');
  expect(text).toMatch(/^Alert 12: scan at fw-1 \(critical\)\n\nPort scan detected\n\nSeverity: critical\n/);
  expect(text).toMatch(/\n\nhttps:\/\/edgewatch\.example\.com\/alerts\/12$/);
  for (const part of [
    '#b91c1c',
    'Port scan detected',
    '<td>ana</td>',
    '<a href="https://edgewatch.example.com/alerts/12">',
  ]) {
    expect(html).toContain(part);
  }
});

/** Every tag of a page, its attributes included. */
const tagsOf = (html: string) => html.match(/<[^>]*>/g) ?? [];

it.each(NASTY)('shows %j as text', (text) => {
  const harmless = emailMessage(told());
  const { html, text: plain } = emailMessage(told({ alert: { source: text, description: text, assignee: text } }));
  expect(tagsOf(html)).toEqual(tagsOf(harmless.html));
  expect(plain).toContain(text);
});

it('has a subject of one line, whatever its title is', () => {
  for (const text of [...NASTY, 'a\u0085b\u2028c\u2029d\u0000e', LONG.event_type, '😀'.repeat(300)]) {
    const { subject } = emailMessage(told({ alert: { event_type: text, source: text } }));
    expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
    expect(subject.length).toBeLessThanOrEqual(200);
    expect(subject.isWellFormed()).toBe(true);
  }
});
