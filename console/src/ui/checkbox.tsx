import type { ComponentProps } from 'react';
import { classes } from './classes.ts';

type Props = Omit<ComponentProps<'input'>, 'type'> & { indeterminate?: boolean };

/** A checkbox. `indeterminate` stands for "some of them". */
export function Checkbox({ indeterminate = false, className, ...props }: Props) {
  return (
    <input
      {...props}
      ref={(input) => {
        if (input) input.indeterminate = indeterminate;
      }}
      type="checkbox"
      className={classes('size-4 shrink-0 accent-accent-fill', className)}
    />
  );
}
