/** A link of the navigation; the router marks the one that leads here with `aria-current`. */
export const navLinkClasses =
  'flex h-8 items-center gap-2 rounded-md px-2 text-muted hover:bg-hover hover:text-text aria-[current=page]:bg-chosen aria-[current=page]:font-medium aria-[current=page]:text-text';
