import type { JsonObject } from '../core/json.ts';
import { SEVERITIES, type Severity } from '../core/severity.ts';
import type { NOTIFICATION_KINDS } from './table.ts';
import { render, type Template, textOf } from './template.ts';

type Kind = (typeof NOTIFICATION_KINDS)[number];

/** A notification in words, for every medium to set in its own way. All texts are plain, as people and sensors wrote them. */
export type Told = {
  kind: Kind;
  /** What it is about: `alert:12`. */
  subject: string;
  payload: JsonObject;
  title: string;
  body: string;
  /** What is known besides; nothing when a template chose the words. */
  facts: { name: string; value: string }[];
  severity: Severity | null;
  /** The page of what it is about. */
  url: string | null;
};

const ALERT = '{{alert.event_type}} at {{alert.source}} ({{alert.severity}})';

/** The words that every notification has of itself. */
const TITLES: Record<Kind, string> = {
  'alert.raised': `Alert {{alert.id}}: ${ALERT}`,
  'alert.escalated': `Alert {{alert.id}} waits for somebody: ${ALERT}`,
  'alert.acknowledged': `Alert {{alert.id}} is acknowledged: ${ALERT}`,
  'alert.resolved': `Alert {{alert.id}} is resolved: ${ALERT}`,
  'alert.reopened': `Alert {{alert.id}} is open again: ${ALERT}`,
  'alert.target_missed': `Alert {{alert.id}} missed its target to {{target}}: ${ALERT}`,
  'silence.ended': 'Silence {{silence.id}} is over: {{silence.reason}}',
  test: `Test: ${ALERT}`,
};

const BODY = '{{alert.description}}';

const FACTS = {
  Severity: 'alert.severity',
  Status: 'alert.status',
  Verdict: 'alert.verdict',
  Events: 'alert.event_count',
  'First seen': 'alert.first_seen',
  'Last seen': 'alert.last_seen',
  Assignee: 'alert.assignee',
  'Acknowledged by': 'alert.acknowledged_by',
  'Resolved by': 'alert.resolved_by',
  'Escalation policy': 'escalation.policy',
  'Events suppressed': 'silence.suppressed_count',
  From: 'silence.starts_at',
  Until: 'silence.ends_at',
  'Ended by': 'silence.ended_by',
};

type Notification = { kind: Kind; subject: string; payload: JsonObject };

/** Puts a notification into words: those of the channel's template, or its own. A title is never empty, and one line. */
export function tell({ kind, subject, payload }: Notification, template: Template | null): Told {
  const severity = textOf(payload, 'alert.severity');
  return {
    kind,
    subject,
    payload,
    title: lineOf(render(template?.title ?? '', payload)) || lineOf(render(TITLES[kind], payload)),
    body: render(template?.body ?? BODY, payload).trim(),
    facts: template ? [] : factsOf(payload),
    severity: SEVERITIES.find((one) => one === severity) ?? null,
    url: textOf(payload, 'url') || null,
  };
}

function factsOf(payload: JsonObject): Told['facts'] {
  const facts = Object.entries(FACTS).map(([name, variable]) => ({ name, value: textOf(payload, variable) }));
  return facts.filter(({ value }) => value !== '');
}

/** What is to be one line, whatever is in it: control characters and breaks end lines, and headers. */
function lineOf(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}
