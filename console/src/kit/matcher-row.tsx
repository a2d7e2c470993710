import { X } from 'lucide-react';
import { useId } from 'react';
import { Button } from '../ui/button.tsx';
import { Input } from '../ui/input.tsx';
import { Select } from '../ui/select.tsx';
import { type MatcherDraft, OPERATORS } from './matchers.ts';

type Props = {
  /** Its place, from 1. */
  number: number;
  matcher: MatcherDraft;
  /** The id of the list of fields that are suggested. */
  suggestions: string;
  error: string | undefined;
  onChange: (matcher: MatcherDraft) => void;
  onRemove: () => void;
};

const OPERATOR_OPTIONS = Object.entries(OPERATORS).map(([value, label]) => ({ value, label }));

/** One condition: a field, an operator, a value. */
export function MatcherRow({ number, matcher, suggestions, error, onChange, onRemove }: Props) {
  const note = useId();
  const fault = { 'aria-invalid': error !== undefined, ...(error && { 'aria-describedby': note }) };
  return (
    <div>
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_2rem] gap-1.5 sm:grid-cols-[minmax(0,3fr)_minmax(0,2fr)_minmax(0,4fr)_2rem]">
        <Input
          aria-label={`Field of condition ${number}`}
          list={suggestions}
          required
          autoComplete="off"
          value={matcher.field}
          onChange={({ target }) => onChange({ ...matcher, field: target.value })}
          {...fault}
        />
        <Select
          aria-label={`Operator of condition ${number}`}
          options={OPERATOR_OPTIONS}
          value={matcher.op}
          onChange={({ target }) => onChange({ ...matcher, op: target.value as MatcherDraft['op'] })}
        />
        <Input
          aria-label={`Value of condition ${number}`}
          placeholder={matcher.op === 'in' || matcher.op === 'not_in' ? 'one, two' : undefined}
          required
          autoComplete="off"
          className="max-sm:col-span-2 max-sm:row-start-2"
          value={matcher.value}
          onChange={({ target }) => onChange({ ...matcher, value: target.value })}
          {...fault}
        />
        <Button look="quiet" size="icon" aria-label={`Remove condition ${number}`} onClick={onRemove}>
          <X aria-hidden className="size-4" />
        </Button>
      </div>
      {error && (
        <p id={note} className="mt-1 text-danger">
          {error}
        </p>
      )}
    </div>
  );
}
