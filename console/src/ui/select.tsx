import type { ComponentProps } from 'react';
import { classes } from './classes.ts';
import { inputClasses } from './input.tsx';

type Props = Omit<ComponentProps<'select'>, 'children'> & { options: readonly { value: string; label: string }[] };

/** One of a few values. The browser's own list: it is right on phones, too. */
export function Select({ options, className, ...props }: Props) {
  return (
    <select {...props} className={classes(inputClasses, 'pr-7', className)}>
      {options.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}
