import { fromLocalInput, toLocalInput } from '../kit/local-time.ts';
import { FormField } from '../ui/form-field.tsx';
import { Input } from '../ui/input.tsx';

type Props = { label: string; value: string | undefined; onChange: (value: string | undefined) => void };

/** One end of a stretch of time; empty for none. */
export function TimeFilter({ label, value, onChange }: Props) {
  return (
    <FormField label={label}>
      <Input
        type="datetime-local"
        value={value ? toLocalInput(new Date(value)) : ''}
        onChange={({ target }) => onChange(fromLocalInput(target.value))}
      />
    </FormField>
  );
}
