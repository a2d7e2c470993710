import { Command } from 'cmdk';
import type { ReactNode } from 'react';

export type Pick = { key: string; label: ReactNode; onPick: () => void };

type Props = {
  label: string;
  search: string;
  onSearch: (search: string) => void;
  picks: readonly Pick[];
  /** What is said when there is nothing to pick. */
  empty: string;
};

/** Type ahead and pick: arrows and Enter, or the pointer. Which picks fit the search is for the caller to say. */
export function PickList({ label, search, onSearch, picks, empty }: Props) {
  return (
    <Command label={label} loop shouldFilter={false} className="-mx-5 -mb-5 border-t border-line">
      <Command.Input
        autoFocus
        value={search}
        onValueChange={onSearch}
        placeholder={label}
        className="h-11 w-full border-b border-line bg-transparent px-5 outline-none"
      />
      <Command.List className="max-h-[40vh] overflow-y-auto p-2">
        {picks.length === 0 && <p className="px-3 py-4 text-center text-muted">{empty}</p>}
        {picks.map(({ key, label: shown, onPick }) => (
          <Command.Item
            key={key}
            value={key}
            onSelect={onPick}
            className="flex min-h-9 cursor-default items-center gap-3 rounded-md px-3 py-1.5 select-none data-[selected=true]:bg-chosen"
          >
            {shown}
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  );
}
