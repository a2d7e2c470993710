import { isJsonObject, type JsonObject } from '../core/json.ts';

/** The words of a notification, with `{{variables}}` in them. */
export type Template = { title: string; body: string };

const ALERT = [
  'id',
  'severity',
  'status',
  'verdict',
  'source',
  'event_type',
  'description',
  'dedup_key',
  'event_count',
  'first_seen',
  'last_seen',
  'assignee',
  'acknowledged_by',
  'resolved_by',
];
const ESCALATION = ['policy', 'step', 'round'];
const SILENCE = ['id', 'reason', 'suppressed_count', 'starts_at', 'ends_at', 'ended_by'];

/** What a template may name: the places of a payload. */
export const VARIABLES = [
  'kind',
  'at',
  'url',
  'target',
  ...ALERT.map((name) => `alert.${name}`),
  ...ESCALATION.map((name) => `escalation.${name}`),
  ...SILENCE.map((name) => `silence.${name}`),
];

const VARIABLE = /\{\{\s*([\w.]+)\s*\}\}/g;

/** What is wrong with a template; undefined when nothing is. */
export function faultOf(template: string): string | undefined {
  if (/\{\{|\}\}/.test(template.replaceAll(VARIABLE, ''))) return 'must have {{ and }} around names of variables only';
  const names = [...template.matchAll(VARIABLE)].map(([, name = '']) => name);
  if (names.every((name) => VARIABLES.includes(name))) return undefined;
  return `has an unknown variable; known are: ${VARIABLES.join(', ')}`;
}

/** The template with the values of a payload in it. What the payload does not have is empty. */
export function render(template: string, payload: JsonObject): string {
  return template.replaceAll(VARIABLE, (_, name: string) => textOf(payload, name));
}

/** A value of a payload as text, by its name; empty when it has none. */
export function textOf(payload: JsonObject, name: string): string {
  const value = name
    .split('.')
    .reduce<unknown>((at, step) => (isJsonObject(at) && Object.hasOwn(at, step) ? at[step] : undefined), payload);
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}
