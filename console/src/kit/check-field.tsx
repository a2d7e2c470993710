import { useId } from 'react';
import { Checkbox } from '../ui/checkbox.tsx';

type Props = {
  label: string;
  hint?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  invalid?: boolean;
};

/** Something that a form turns on or off, or one of several that may be chosen. */
export function CheckField({ label, hint, checked, onChange, disabled = false, invalid = false }: Props) {
  const id = useId();
  return (
    <div className="flex max-w-full min-w-0 items-start gap-1.5 py-1">
      <Checkbox
        id={id}
        className="mt-0.5"
        checked={checked}
        disabled={disabled}
        aria-invalid={invalid}
        {...(hint && { 'aria-describedby': `${id}-hint` })}
        onChange={({ target }) => onChange(target.checked)}
      />
      <div className="min-w-0">
        <label htmlFor={id} className="block break-words">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-muted">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
