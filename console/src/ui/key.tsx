const MOD = navigator.platform.startsWith('Mac') ? '⌘' : 'Ctrl';

/** A key as it is printed on a keyboard. `g a` shows two, one after the other. */
export function Key({ keys }: { keys: string }) {
  return (
    <span className="inline-flex gap-1">
      {keys.split(' ').map((key) => (
        <kbd
          key={key}
          className="inline-flex h-5 min-w-5 items-center justify-center rounded border border-line bg-surface px-1 font-sans text-xs text-muted"
        >
          {printed(key)}
        </kbd>
      ))}
    </span>
  );
}

const LABELS: Record<string, string> = { Escape: 'Esc', ArrowDown: 'Down', ArrowUp: 'Up', mod: MOD };

/** `Shift+x` as `Shift X`, `mod+k` as `⌘K` or `Ctrl K`. */
function printed(key: string): string {
  const parts = key.split('+').map((part) => LABELS[part] ?? part);
  return parts.length > 1
    ? parts.map((part) => (part.length === 1 ? part.toUpperCase() : part)).join(' ')
    : (parts[0] ?? '');
}
