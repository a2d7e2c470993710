import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Input } from '../ui/input.tsx';
import { Textarea } from '../ui/textarea.tsx';

type Props = {
  label: string;
  draft: string;
  isLong?: boolean | undefined;
  maxLength?: number | undefined;
  suggestions?: readonly string[] | undefined;
  onSave: (text: string) => Promise<void>;
  onCancel: () => void;
};

/** The field that stands in the place of a text while it is changed. */
export function TextEditor({ label, draft, isLong = false, maxLength, suggestions, onSave, onCancel }: Props) {
  const [text, setText] = useState(draft);
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    void onSave(text.trim());
  };
  function press(event: KeyboardEvent) {
    if (event.key === 'Escape') onCancel();
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  const common = { 'aria-label': label, value: text, maxLength, onKeyDown: press, autoFocus: true };
  const listId = `suggested-${label}`;
  return (
    <form onSubmit={submit} className="w-full space-y-2">
      {isLong ? (
        <Textarea {...common} onChange={(event) => setText(event.target.value)} />
      ) : (
        <Input
          {...common}
          autoComplete="off"
          list={suggestions && listId}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      {suggestions && (
        <datalist id={listId}>
          {suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      )}
      <div className="flex gap-2">
        <Button type="submit" look="primary" size="small">
          Save
        </Button>
        <Button size="small" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
