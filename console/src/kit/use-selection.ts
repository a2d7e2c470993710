import { useState } from 'react';

/** Which rows are meant: those selected, or every one that matches the filters, loaded or not. */
export type Selection = { ids: ReadonlySet<number>; allMatching: boolean };

const NONE: Selection = { ids: new Set(), allMatching: false };

/** The selected rows of a list, of which `ids` are the loaded ones in their order. */
export function useSelection(ids: readonly number[]) {
  const [selection, setSelection] = useState(NONE);
  const [anchorId, setAnchorId] = useState<number | null>(null);

  function toggle(id: number) {
    const chosen = new Set(selection.ids);
    if (!chosen.delete(id)) chosen.add(id);
    setSelection({ ids: chosen, allMatching: false });
    setAnchorId(id);
  }

  /** Adds everything between the row that was selected last, or the given one, and this one. */
  function extendTo(id: number, start: number | null = null) {
    const from = Math.max(0, ids.indexOf(anchorId ?? start ?? id));
    const to = ids.indexOf(id);
    const range = ids.slice(Math.min(from, to), Math.max(from, to) + 1);
    setSelection({ ids: new Set([...selection.ids, ...range]), allMatching: false });
    setAnchorId(ids[from] ?? id);
  }

  function clear() {
    setSelection(NONE);
    setAnchorId(null);
  }

  const selectLoaded = () => setSelection({ ids: new Set(ids), allMatching: false });
  const selectAllMatching = () => setSelection({ ids: new Set(ids), allMatching: true });
  return { selection, toggle, extendTo, clear, selectLoaded, selectAllMatching };
}
