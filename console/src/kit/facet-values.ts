import { type Choices, canBeChosen } from './choices.ts';
import type { FacetValue } from './facet.tsx';

type Counted = { value: string | null; count: number };

/** The values of a field that the API found and that can be chosen, and those that were chosen before. */
export function facetValues(counted: readonly Counted[] | undefined, { include, exclude }: Choices): FacetValue[] {
  const found = (counted ?? []).flatMap(({ value, count }) =>
    value && canBeChosen(value) ? [{ value, name: value, label: value, count }] : [],
  );
  const known = new Set(found.map(({ value }) => value));
  const chosen = [...include, ...exclude].filter((value) => !known.has(value));
  return [...found, ...chosen.map((value) => ({ value, name: value, label: value, count: 0 }))];
}

/** How many there are of a value of a closed list; nothing while that is not known. */
export function countOf(counted: readonly Counted[] | undefined, value: string): number | undefined {
  return counted && (counted.find((other) => other.value === value)?.count ?? 0);
}
