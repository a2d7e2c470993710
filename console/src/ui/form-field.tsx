import { cloneElement, type ReactElement, useId } from 'react';

type Control = ReactElement<{ id?: string; 'aria-invalid'?: boolean; 'aria-describedby'?: string }>;

type Props = {
  label: string;
  /** One input, select or textarea. */
  children: Control;
  hint?: string | undefined;
  /** What is wrong with it, as `fieldError(problem, '#/name')` tells. */
  error?: string | undefined;
};

/** A labelled control with its hint and its error, tied together for those who hear the page. */
export function FormField({ label, children, hint, error }: Props) {
  const id = useId();
  const note = error ?? hint;
  const control = cloneElement(children, {
    id,
    'aria-invalid': error !== undefined,
    ...(note && { 'aria-describedby': `${id}-note` }),
  });
  return (
    <div className="space-y-1">
      <label htmlFor={id} className="block font-medium">
        {label}
      </label>
      {control}
      {note && (
        <p id={`${id}-note`} className={error ? 'text-danger' : 'text-muted'}>
          {error ?? hint}
        </p>
      )}
    </div>
  );
}
