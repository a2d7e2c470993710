import { Store, useStore } from '../core/store.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Key } from '../ui/key.tsx';
import { actionGroups, keysOf } from './use-actions.ts';

export const sheetOpen = new Store(false);

/** The `?` sheet: every shortcut that works on this page, what is special to it first. */
export function ShortcutSheet() {
  const isOpen = useStore(sheetOpen);
  const groups = useStore(actionGroups);
  if (!isOpen) return null;
  return (
    <Dialog
      onClose={() => sheetOpen.set(false)}
      title="Keyboard shortcuts"
      description="They rest while you type in a field."
      wide
    >
      <div className="gap-x-8 sm:columns-2">
        {groups.toReversed().map(({ name, actions }) => {
          const withKeys = actions().filter(({ keys }) => keys);
          if (withKeys.length === 0) return null;
          return (
            <section key={name} aria-label={name} className="mb-5 break-inside-avoid">
              <h3 className="mb-1 font-semibold">{name}</h3>
              <dl>
                {withKeys.map((action) => (
                  <div key={action.label} className="flex items-center justify-between gap-4 py-1">
                    <dt>{action.label}</dt>
                    <dd className="flex gap-2">
                      {keysOf(action).map((keys) => (
                        <Key key={keys} keys={keys} />
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
    </Dialog>
  );
}
