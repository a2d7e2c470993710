import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Input } from '../ui/input.tsx';
import { useActions } from './use-actions.ts';

const DEBOUNCE_MS = 200;

type Props = { value: string; onChange: (value: string) => void; label: string };

/** A search that answers while someone types. `/` goes there; Esc empties it, then leaves it. */
export function SearchBox({ value, onChange, label }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  useActions('Search', [{ label, keys: '/', run: () => input.current?.focus() }]);

  // The address changed by other means: back, a saved view.
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setText(value);
  }
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);

  return (
    <search className="relative w-full max-w-xs">
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2 size-4 text-muted" />
      <Input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={({ key }) => {
          if (key !== 'Escape') return;
          if (text) setText('');
          else input.current?.blur();
        }}
        className="pl-8"
      />
    </search>
  );
}
