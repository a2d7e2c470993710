import type { ComponentProps } from 'react';
import { classes } from './classes.ts';

const LOOKS = {
  primary: 'bg-accent-fill text-white hover:brightness-110',
  secondary: 'border border-line bg-raised hover:bg-hover',
  quiet: 'text-muted hover:bg-hover hover:text-text',
  danger: 'bg-danger-fill text-white hover:brightness-110',
};

const SIZES = { small: 'h-7 gap-1 px-2 text-xs', normal: 'h-8 gap-1.5 px-3', icon: 'size-8 justify-center' };

export type ButtonLook = { look?: keyof typeof LOOKS | undefined; size?: keyof typeof SIZES | undefined };

/** How a button looks, for links and triggers that look like one. */
export function buttonClasses({ look = 'secondary', size = 'normal' }: ButtonLook): string {
  return classes(
    'inline-flex shrink-0 items-center justify-center whitespace-nowrap rounded-md font-medium select-none',
    'disabled:opacity-50 disabled:hover:brightness-100',
    LOOKS[look],
    SIZES[size],
  );
}

/** A button. One with an icon alone needs an `aria-label`. */
export function Button({ look, size, className, ...props }: ComponentProps<'button'> & ButtonLook) {
  return <button type="button" {...props} className={classes(buttonClasses({ look, size }), className)} />;
}
