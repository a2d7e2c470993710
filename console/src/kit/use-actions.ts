import { useLayoutEffect, useRef } from 'react';
import { Store } from '../core/store.ts';

/** Something that can be done here and now, by its keys or from the palette. */
export type Action = {
  label: string;
  /** `e`, `Shift+x`, `mod+k` (⌘ or Ctrl), or a sequence: `g a`. Several mean the same. */
  keys?: string | readonly string[];
  run: () => void;
  /** False for what makes sense by key alone, such as the next row. */
  inPalette?: boolean;
};

/** The keys of an action, one by one. */
export function keysOf({ keys }: Action): readonly string[] {
  return typeof keys === 'string' ? [keys] : (keys ?? []);
}

type Group = { name: string; actions: () => readonly Action[] };

/** Every group that is on the page. The keys of later ones go before those of earlier ones. */
export const actionGroups = new Store<readonly Group[]>([]);

/**
 * Offers actions for as long as the component is on the page. Shortcuts, the palette and the `?` sheet all read this one
 * list, so none of them can be forgotten.
 */
export function useActions(name: string, actions: readonly Action[]): void {
  useGroup({ name, actions, add: (group, groups) => [...groups, group] });
}

/** The same for what can be done on every page; whatever a page offers goes before it. */
export function useShellActions(name: string, actions: readonly Action[]): void {
  useGroup({ name, actions, add: (group, groups) => [group, ...groups] });
}

type Added = {
  name: string;
  actions: readonly Action[];
  add: (group: Group, groups: readonly Group[]) => readonly Group[];
};

function useGroup({ name, actions, add }: Added): void {
  const latest = useRef({ actions, add });
  // Before the browser paints: keys work as soon as what they do can be seen.
  useLayoutEffect(() => {
    latest.current = { actions, add };
  });
  useLayoutEffect(() => {
    const group = { name, actions: () => latest.current.actions };
    actionGroups.set(latest.current.add(group, actionGroups.get()));
    return () => actionGroups.set(actionGroups.get().filter((other) => other !== group));
  }, [name]);
}
