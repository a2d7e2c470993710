import { useState } from 'react';
import { type Action, useActions } from './use-actions.ts';
import { useSelection } from './use-selection.ts';

type Options = {
  /** The ids of the loaded rows in their order. */
  ids: readonly number[];
  /** What the rows are, in the plural: "alerts". */
  things: string;
  onOpen: (id: number) => void;
  /** What Esc closes when nothing is selected. */
  onClose?: (() => void) | undefined;
  /** False where nothing can be done with several rows at once. */
  selects?: boolean;
};

/**
 * The cursor and the selection of a list, by key: j and k move, Enter opens, x selects, Shift takes a range, Esc steps
 * back. The cursor stays with its row when rows come in above it.
 */
export function useListKeys({ ids, things, onOpen, onClose, selects = true }: Options) {
  const [cursorId, setCursorId] = useState<number | null>(null);
  const selecting = useSelection(ids);
  const { selection, toggle, extendTo } = selecting;
  const cursor = cursorId === null ? -1 : ids.indexOf(cursorId);

  function move(step: number): number | undefined {
    const next = ids[Math.min(ids.length - 1, Math.max(0, cursor + step))];
    if (next !== undefined) setCursorId(next);
    return next;
  }
  function extend(step: number) {
    const id = move(step);
    if (id !== undefined) extendTo(id, cursorId);
  }
  const atCursor = (act: (id: number) => void) => () => {
    if (cursorId !== null) act(cursorId);
  };

  const stepBack = () => (selection.ids.size > 0 ? selecting.clear() : onClose?.());

  const bySelecting = [
    moving({ label: 'Select', keys: ['x'], run: atCursor(toggle) }),
    moving({ label: 'Select from there to here', keys: ['Shift+x'], run: atCursor((id) => extendTo(id)) }),
    moving({ label: 'Extend down', keys: ['Shift+j', 'Shift+ArrowDown'], run: () => extend(1) }),
    moving({ label: 'Extend up', keys: ['Shift+k', 'Shift+ArrowUp'], run: () => extend(-1) }),
    { label: `Select all loaded ${things}`, keys: 'mod+a', run: selecting.selectLoaded },
    { label: `Select all matching ${things}`, keys: 'mod+Shift+a', run: selecting.selectAllMatching },
  ];
  useActions('List', [
    moving({ label: 'Next', keys: ['j', 'ArrowDown'], run: () => move(1) }),
    moving({ label: 'Previous', keys: ['k', 'ArrowUp'], run: () => move(-1) }),
    moving({ label: 'Open', keys: ['Enter', 'o'], run: atCursor(onOpen) }),
    ...(selects ? bySelecting : []),
    moving({ label: selects ? 'Clear, then close' : 'Close', keys: ['Escape'], run: stepBack }),
  ]);

  return { ...selecting, selects, cursor, cursorId, setCursorId };
}

export type ListKeys = ReturnType<typeof useListKeys>;

/** What moves about by key has no place in the palette. */
function moving({ run, ...action }: { label: string; keys: string[]; run: () => unknown }): Action {
  return { ...action, run: () => void run(), inPalette: false };
}
