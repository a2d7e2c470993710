import { FormField } from '../ui/form-field.tsx';
import { Input } from '../ui/input.tsx';

type Props = { value: string; error: string | undefined; onChange: (name: string) => void };

/** What something is called, at most 100 characters: where its form begins. */
export function NameField({ value, error, onChange }: Props) {
  return (
    <FormField label="Name" error={error}>
      <Input
        required
        autoFocus
        maxLength={100}
        autoComplete="off"
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </FormField>
  );
}
