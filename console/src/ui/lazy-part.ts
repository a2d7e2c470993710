import { type ComponentType, lazy } from 'react';
import { loadPatiently } from '../api/load-patiently.ts';

/** A component that is loaded when it is first rendered. It stands in a `Suspense`. */
export function lazyPart<Name extends string, Props extends object>(
  load: () => Promise<Record<Name, ComponentType<Props>>>,
  name: Name,
) {
  return lazy(async () => ({ default: (await loadPatiently(load))[name] }));
}
