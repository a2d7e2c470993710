import type { JsonObject } from '../core/json.ts';
import type { Severity } from '../core/severity.ts';
import { fitText } from './fit-text.ts';
import { lookOf } from './severity-look.ts';
import type { Told } from './told.ts';

// A message may have 28 KB (learn.microsoft.com/connectors/teams, known limitations), whatever alphabet it is in.
const MAX_TITLE = 300;
const MAX_BODY = 3_000;
const MAX_LINES = 40;
const MAX_VALUE = 200;

const COLOURS: Record<Severity, string> = {
  critical: 'attention',
  high: 'attention',
  medium: 'warning',
  low: 'accent',
};

/** What a Workflows webhook of Microsoft Teams gets: a message with one Adaptive Card. */
export function teamsMessage(told: Told): JsonObject {
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.5',
    body: [titleOf(told), ...linesOf(told.body), ...told.facts.map(factLine)],
    ...(told.url === null ? {} : { actions: [{ type: 'Action.OpenUrl', title: 'Open in Edgewatch', url: told.url }] }),
  };
  return { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }] };
}

function titleOf(told: Told): JsonObject {
  const { kind, severity, title } = told;
  const color = kind === 'alert.resolved' ? 'good' : severity ? COLOURS[severity] : 'default';
  const text = fitText(`${lookOf(told).sign} ${title}`, { max: MAX_TITLE });
  return paragraph([{ text, size: 'large', weight: 'bolder', color }]);
}

/** A run shows no line breaks, so each line is a paragraph. */
function linesOf(body: string): JsonObject[] {
  const lines = fitText(body, { max: MAX_BODY })
    .split('\n')
    .filter((line) => line.trim() !== '');
  const shown = lines.length > MAX_LINES ? [...lines.slice(0, MAX_LINES), '…'] : lines;
  return shown.map((text) => paragraph([{ text }]));
}

function factLine({ name, value }: Told['facts'][number]): JsonObject {
  return paragraph([{ text: `${name}: `, weight: 'bolder' }, { text: fitText(value, { max: MAX_VALUE }) }]);
}

/** Runs of text, in which no Markdown is read, unlike in the `TextBlock` and `FactSet` of cards. */
function paragraph(runs: JsonObject[]): JsonObject {
  return { type: 'RichTextBlock', inlines: runs.map((run) => ({ type: 'TextRun', ...run })) };
}
