import { sha256 } from '../core/digest.ts';
import { fieldOf, matchesAll, type Subject } from '../core/matcher.ts';
import type { GroupingRule } from './contract.ts';

// As long as a key that a poster gives may be.
const MAX_KEY = 200;

/** The key of an event, and for how long its alert waits for more of them; null: until it is resolved. */
export type Key = { key: string; windowMs: number | null };

/** The event's own key, else the one that the first rule makes whose matchers hold. Without either it stands alone. */
export function keyOf(event: Subject & { dedupKey: string | null }, rules: GroupingRule[]): Key | undefined {
  if (event.dedupKey !== null) return { key: event.dedupKey, windowMs: null };
  const rule = rules.find(({ matchers }) => matchesAll(matchers, event));
  if (!rule) return undefined;
  const text = `rule:${rule.id} ${JSON.stringify(valuesOf(rule.fields, event))}`;
  const key = text.length <= MAX_KEY ? text : `rule:${rule.id} ${sha256(text)}`;
  return { key, windowMs: rule.windowSeconds * 1000 };
}

/** What an event says in these fields; null where it says nothing, which agrees with others that do not. */
export function valuesOf(fields: string[], event: Subject): Record<string, string | null> {
  return Object.fromEntries(fields.map((field) => [field, fieldOf(event, field) ?? null]));
}
