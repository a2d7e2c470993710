import type { Schemas } from '../api/schema.ts';

export type Matcher = Schemas['Matcher'];

/** A matcher while it is written: a list is a text with commas. */
export type MatcherDraft = { field: string; op: Matcher['op']; value: string };

/** How the operators are said, in the order in which they are offered. */
export const OPERATORS = {
  eq: 'is',
  ne: 'is not',
  in: 'is one of',
  not_in: 'is none of',
  starts_with: 'starts with',
  contains: 'contains',
} as const satisfies Record<Matcher['op'], string>;

const takesList = (op: Matcher['op']) => op === 'in' || op === 'not_in';

export function matcherDraft({ field, op, value }: Matcher): MatcherDraft {
  return { field, op, value: [value].flat().join(', ') };
}

export function readMatcher({ field, op, value }: MatcherDraft): Matcher {
  return { field: field.trim(), op, value: takesList(op) ? readList(value) : value.trim() };
}

/** `a, b` as a list; without what is empty. */
export function readList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}

/** `source starts with core- and severity is one of high, critical`. */
export function matchersText(matchers: readonly Matcher[]): string {
  return matchers.map(({ field, op, value }) => `${field} ${OPERATORS[op]} ${[value].flat().join(', ')}`).join(' and ');
}
