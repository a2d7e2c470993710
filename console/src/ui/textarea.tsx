import type { ComponentProps } from 'react';
import { classes } from './classes.ts';
import { inputClasses } from './input.tsx';

/** Several lines of text, growing with what is typed where the browser can. */
export function Textarea({ className, ...props }: ComponentProps<'textarea'>) {
  return <textarea {...props} className={classes(inputClasses, 'field-sizing-content min-h-20 py-1.5', className)} />;
}
