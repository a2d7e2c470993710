import type { QueryKey } from '@tanstack/react-query';
import { queryClient } from '../api/query-client.ts';
import { toast, toastProblem } from '../shell/toast.ts';
import { focusedItem } from './focused-item.ts';
import { useActions } from './use-actions.ts';

type Ordered = { id: number; name: string };

type Options<Item extends Ordered> = {
  queryKey: QueryKey;
  items: readonly Item[];
  /** Tells the API its new place, from 1. */
  move: (id: number, position: number) => Promise<unknown>;
  /** False for those who may only read. */
  mayMove: boolean;
};

export type Move = (id: number, step: -1 | 1) => void;

/**
 * Moves things of an ordered list up and down: at once on the screen, then at the API. By Shift+k and Shift+j it moves
 * the one that has the focus.
 */
export function useOrder<Item extends Ordered>({ queryKey, items, move, mayMove }: Options<Item>): Move {
  const moved: Move = (id, step) => {
    const from = items.findIndex((item) => item.id === id);
    const to = from + step;
    const item = items[from];
    if (!item || to < 0 || to >= items.length) return;
    const focused = document.activeElement;
    queryClient.setQueryData(queryKey, { data: items.toSpliced(from, 1).toSpliced(to, 0, item) });
    // A browser takes the focus from what it moves.
    requestAnimationFrame(() => focused instanceof HTMLElement && focused.focus());
    move(id, to + 1)
      .then(() => toast({ title: `${item.name} is number ${to + 1} now` }), toastProblem)
      .finally(() => void queryClient.invalidateQueries({ queryKey }));
  };
  const moveFocused = (step: -1 | 1) => () => {
    const id = focusedItem();
    if (id !== undefined) moved(id, step);
  };
  const actions = [
    { label: 'Move up', keys: ['Shift+k', 'Shift+ArrowUp'], run: moveFocused(-1), inPalette: false },
    { label: 'Move down', keys: ['Shift+j', 'Shift+ArrowDown'], run: moveFocused(1), inPalette: false },
  ];
  useActions('Order', mayMove ? actions : []);
  return moved;
}
