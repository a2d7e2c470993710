import { useLayoutEffect } from 'react';
import { actionGroups, keysOf } from './use-actions.ts';

/** Within this time the next key of a sequence such as `g a` has to come. */
const SEQUENCE_MS = 1200;

/** Listens for the keys of all actions on the page. Mounted once, by the shell. */
export function useShortcutListener(): void {
  useLayoutEffect(() => {
    let begun = '';
    let timer: ReturnType<typeof setTimeout> | undefined;
    const listen = (event: KeyboardEvent) => {
      const key = keyOf(event);
      if (!key || event.defaultPrevented || isBusy(event)) return;
      const keys = begun ? `${begun} ${key}` : key;
      clearTimeout(timer);
      begun = '';
      const actions = actionGroups.get().flatMap((group) => group.actions());
      const action = actions.findLast((candidate) => keysOf(candidate).includes(keys));
      if (action) {
        event.preventDefault();
        action.run();
      } else if (actions.flatMap(keysOf).some((other) => other.startsWith(`${keys} `))) {
        begun = keys;
        timer = setTimeout(() => {
          begun = '';
        }, SEQUENCE_MS);
      }
    };
    document.addEventListener('keydown', listen);
    return () => {
      document.removeEventListener('keydown', listen);
      clearTimeout(timer);
    };
  }, []);
}

/** `e`, `?`, `Shift+x`, `Shift+ArrowDown`, `mod+k`; nothing for a modifier alone. */
function keyOf({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): string | undefined {
  if (['Shift', 'Control', 'Meta', 'Alt'].includes(key) || altKey) return undefined;
  const isLetter = /^[a-z]$/i.test(key);
  const name = isLetter ? key.toLowerCase() : key;
  const shift = shiftKey && (isLetter || key.length > 1) ? 'Shift+' : '';
  return `${ctrlKey || metaKey ? 'mod+' : ''}${shift}${name}`;
}

/** Whether the key is meant for what has the focus: a field, a window over the page, or a button to be pressed. */
function isBusy({ target, key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  // What is closing still has the focus for a moment.
  if (target.closest('[data-closed]')) return false;
  if (target.closest('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]')) return true;
  if (ctrlKey || metaKey) return false;
  if (target.closest('select, textarea, [contenteditable="true"]')) return true;
  const input = target.closest('input');
  if (input && !['checkbox', 'radio', 'button'].includes(input.type)) return true;
  return (key === 'Enter' || key === ' ') && target.closest('button, a, input, summary') !== null;
}
