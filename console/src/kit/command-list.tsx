import { Dialog } from '@base-ui/react/dialog';
import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { type ReactNode, useState } from 'react';
import { Key } from '../ui/key.tsx';
import { actionGroups, keysOf } from './use-actions.ts';

const itemClasses =
  'flex h-9 cursor-default items-center justify-between gap-3 rounded-md px-2 select-none data-[selected=true]:bg-chosen';

/** The window of the palette. What it offers is what the page offers, and whatever an id may stand for. */
export function CommandList({ onClose }: { onClose: () => void }) {
  const [search, setSearch] = useState('');
  // After an action the focus belongs to where it leads.
  const [hasRun, setHasRun] = useState(false);
  const run = (action: () => void) => () => {
    setHasRun(true);
    onClose();
    action();
  };
  return (
    <Dialog.Root open onOpenChange={onClose}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/50" />
        <Dialog.Popup
          aria-label="Search or go"
          finalFocus={() => !hasRun}
          className="fixed top-[12vh] left-1/2 z-50 w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 overflow-hidden rounded-lg border border-line bg-raised shadow-xl"
        >
          <Command label="Search or go" loop>
            <Command.Input
              autoFocus
              value={search}
              onValueChange={setSearch}
              placeholder="Go to, do, or an id such as 17"
              className="h-11 w-full border-b border-line bg-transparent px-4 outline-none"
            />
            <Command.List className="max-h-[50vh] overflow-y-auto p-2">
              <Command.Empty className="px-2 py-6 text-center text-muted">Nothing matches.</Command.Empty>
              <Jumps search={search} run={run} />
              {actionGroups
                .get()
                .toReversed()
                .map(({ name, actions }) => (
                  <Group key={name} name={name}>
                    {actions()
                      .filter(({ inPalette }) => inPalette !== false)
                      .map((action) => (
                        <Command.Item
                          key={action.label}
                          value={`${name} ${action.label}`}
                          onSelect={run(action.run)}
                          className={itemClasses}
                        >
                          {action.label}
                          {keysOf(action)
                            .slice(0, 1)
                            .map((keys) => (
                              <Key key={keys} keys={keys} />
                            ))}
                        </Command.Item>
                      ))}
                  </Group>
                ))}
            </Command.List>
          </Command>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Group({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={name}
      className="**:[[cmdk-group-heading]]:px-2 **:[[cmdk-group-heading]]:py-1 **:[[cmdk-group-heading]]:text-xs **:[[cmdk-group-heading]]:text-muted"
    >
      {children}
    </Command.Group>
  );
}

type Jump = { search: string; run: (action: () => void) => () => void };

/** What a number in the search may be the id of. */
function Jumps({ search, run }: Jump) {
  const navigate = useNavigate();
  const id = search.match(/\d+/)?.[0];
  if (!id) return null;
  return (
    <Group name="Jump to">
      {(['Alert', 'Incident', 'Event'] as const).map((thing) => (
        <Command.Item
          key={thing}
          value={`${thing} ${id}`}
          keywords={[search]}
          onSelect={run(() => void navigate({ to: `/${thing.toLowerCase()}s/${id}` }))}
          className={itemClasses}
        >
          {thing} {id}
        </Command.Item>
      ))}
    </Group>
  );
}
