import { UserMinus, UserRound } from 'lucide-react';
import { useState } from 'react';
import { type Pick, PickList } from '../kit/pick-list.tsx';
import { useSelf } from '../session/use-self.ts';
import { Dialog } from '../ui/dialog.tsx';
import { useTriagers } from './use-triagers.ts';

type Props = { what: string; onAssign: (assignee: string | null) => void; onClose: () => void };

/** Asks whose it is to look at, by type-ahead. */
export function AssignDialog({ what, onAssign, onClose }: Props) {
  const { username } = useSelf();
  const people = useTriagers();
  const [search, setSearch] = useState('');
  const typed = search.trim().toLowerCase();
  const fitting = people.filter((person) => person.includes(typed));
  const picks = fitting.map((person) => pick(person, person === username ? `${person} (you)` : person));
  // A name that this list does not know; the API refuses those who cannot triage.
  if (typed && !people.includes(typed)) picks.push(pick(typed, `Somebody else: ${typed}`));
  if ('nobody'.includes(typed)) picks.push({ key: ' nobody', label: <Nobody />, onPick: () => onAssign(null) });

  function pick(person: string, label: string): Pick {
    return { key: person, label: <Person label={label} />, onPick: () => onAssign(person) };
  }
  return (
    <Dialog onClose={onClose} title={`Assign ${what}`}>
      <PickList label="Type a name" search={search} onSearch={setSearch} picks={picks} empty="Nobody of that name." />
    </Dialog>
  );
}

function Person({ label }: { label: string }) {
  return (
    <>
      <UserRound aria-hidden className="size-4 shrink-0 text-muted" />
      <span className="truncate">{label}</span>
    </>
  );
}

function Nobody() {
  return (
    <>
      <UserMinus aria-hidden className="size-4 text-muted" />
      Nobody
    </>
  );
}
