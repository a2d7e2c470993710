import { Plus } from 'lucide-react';
import { useId } from 'react';
import { Button } from '../ui/button.tsx';
import type { ErrorOf } from './field-error.ts';
import { MatcherRow } from './matcher-row.tsx';
import type { MatcherDraft } from './matchers.ts';

type Props = {
  label: string;
  hint: string;
  value: readonly MatcherDraft[];
  onChange: (value: MatcherDraft[]) => void;
  errorOf: ErrorOf;
};

const POINTER = '#/matchers';
const FIELDS = ['source', 'event_type', 'severity', 'attributes.'];

/** Which events are meant: conditions that must all hold. */
export function MatchersField({ label, hint, value, onChange, errorOf }: Props) {
  const id = useId();
  const error = errorOf(POINTER);
  return (
    <fieldset className="space-y-2">
      <legend className="font-medium">{label}</legend>
      <p className="text-muted">{hint}</p>
      <datalist id={id}>
        {FIELDS.map((field) => (
          <option key={field} value={field} />
        ))}
      </datalist>
      {value.map((matcher, index) => (
        <MatcherRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a condition is known by its place, and holds no state
          key={index}
          number={index + 1}
          suggestions={id}
          matcher={matcher}
          error={errorOf(`${POINTER}/${index}`, 'deep')}
          onChange={(changed) => onChange(value.with(index, changed))}
          onRemove={() => onChange(value.toSpliced(index, 1))}
        />
      ))}
      <Button size="small" onClick={() => onChange([...value, { field: 'source', op: 'eq', value: '' }])}>
        <Plus aria-hidden className="size-4" />
        Add a condition
      </Button>
      {error && <p className="text-danger">{error}</p>}
    </fieldset>
  );
}
