import type { JsonObject } from './json.ts';
import type { Severity } from './severity.ts';

export const MATCHER_OPS = ['eq', 'ne', 'in', 'not_in', 'contains', 'starts_with'] as const;

/** A test of one field of an event: `source`, `event_type`, `severity` or `attributes.` and a path. */
export type Matcher = { field: string; op: (typeof MATCHER_OPS)[number]; value: string | string[] };

/** What matchers look at. */
export type Subject = { source: string; eventType: string; severity: Severity; attributes: JsonObject };

/** Whether every matcher holds; without matchers everything matches. Texts are compared as they are written. */
export function matchesAll(matchers: Matcher[], subject: Subject): boolean {
  return matchers.every((matcher) => matches(matcher, fieldOf(subject, matcher.field)));
}

/** The text of a field; undefined where the event has none. Numbers and booleans are texts, lists and objects JSON. */
export function fieldOf(subject: Subject, field: string): string | undefined {
  if (field === 'source') return subject.source;
  if (field === 'event_type') return subject.eventType;
  if (field === 'severity') return subject.severity;
  const value = field
    .split('.')
    .slice(1)
    .reduce<unknown>((at, name) => (isPlain(at) && Object.hasOwn(at, name) ? at[name] : undefined), subject.attributes);
  if (value === undefined || value === null) return undefined;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const isPlain = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** A field that is missing is different from every value. */
function matches({ op, value }: Matcher, found: string | undefined): boolean {
  const values = [value].flat();
  const has = (test: (one: string) => boolean) => found !== undefined && values.some(test);
  switch (op) {
    case 'eq':
    case 'in':
      return has((one) => found === one);
    case 'ne':
    case 'not_in':
      return !has((one) => found === one);
    case 'contains':
      return has((one) => found?.includes(one) === true);
    case 'starts_with':
      return has((one) => found?.startsWith(one) === true);
  }
}
