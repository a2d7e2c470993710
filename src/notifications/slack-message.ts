import type { JsonObject } from '../core/json.ts';
import { fitText } from './fit-text.ts';
import { lookOf } from './severity-look.ts';
import type { Told } from './told.ts';

// docs.slack.dev/reference/block-kit/blocks: characters of a header, a section and a field, and fields of a section.
const MAX_HEADER = 150;
const MAX_SECTION = 3_000;
const MAX_FIELD = 2_000;
const MAX_FIELDS = 10;

/** What Slack gets: blocks, and a text for notifications and screen readers. */
export function slackMessage(told: Told): JsonObject {
  const title = `${lookOf(told).sign} ${told.title}`;
  const blocks = [
    // The text of a header is plain: nothing in it means anything.
    { type: 'header', text: { type: 'plain_text', text: fitText(title, { max: MAX_HEADER }), emoji: false } },
    ...(told.body === '' ? [] : [{ type: 'section', text: mrkdwn(told.body, MAX_SECTION) }]),
    ...sectionsOf(told.facts),
    ...(told.url === null ? [] : [{ type: 'section', text: linkTo(told.url) }]),
  ];
  return { text: mrkdwn(title, MAX_SECTION).text, blocks };
}

function sectionsOf(facts: Told['facts']): JsonObject[] {
  const fields = facts.map(({ name, value }) => mrkdwn(`${name}: ${value}`, MAX_FIELD));
  const sections = [fields.slice(0, MAX_FIELDS), fields.slice(MAX_FIELDS, 2 * MAX_FIELDS)];
  return sections.filter((some) => some.length > 0).map((some) => ({ type: 'section', fields: some }));
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Text of others. Slack asks to escape these three, which begin links and mentions; `verbatim` makes no new ones. */
function mrkdwn(text: string, max: number) {
  const escaped = (character: string) => ESCAPES[character] ?? character;
  return { type: 'mrkdwn', text: fitText(text, { max, writtenAs: escaped }), verbatim: true };
}

/** The URL parser leaves nothing in an address that would end the link. */
function linkTo(url: string) {
  return { type: 'mrkdwn', text: `<${new URL(url).href.replaceAll('|', '%7C')}|Open in Edgewatch>` };
}
