import type { Choices } from './choices.ts';

/** The choices of a field of which the API takes one wanted value: another takes its place. */
export function oneChoice({ include, exclude }: Choices): Choices {
  return { include: include.slice(-1), exclude };
}
