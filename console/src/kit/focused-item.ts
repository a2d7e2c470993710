const ITEMS = '[data-item]';
const TITLE = '[data-item-title]';

const items = () => [...document.querySelectorAll<HTMLElement>(`main ${ITEMS}`)];

/** The id of the item of an `ItemList` that has the focus in it. */
export function focusedItem(): number | undefined {
  const item = document.activeElement?.closest<HTMLElement>(ITEMS);
  return item ? Number(item.dataset.item) : undefined;
}

/** Moves the focus to the item so many places after this one; to the first one from nowhere. */
export function focusItem(id: number | undefined, step: number): void {
  const all = items();
  const at = all.findIndex(({ dataset }) => Number(dataset.item) === id);
  const next = all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))];
  next?.querySelector<HTMLElement>(TITLE)?.focus();
}
