import type { ComponentProps } from 'react';
import { classes } from './classes.ts';

export const inputClasses =
  'h-8 w-full rounded-md border border-control bg-canvas px-2.5 aria-invalid:border-danger disabled:opacity-60';

/** A line of text. In a form it stands in a `FormField`, which gives it its label and its error. */
export function Input({ className, ...props }: ComponentProps<'input'>) {
  return <input {...props} className={classes(inputClasses, className)} />;
}
