import { Copy, Ellipsis, Filter, FilterX } from 'lucide-react';
import type { ReactNode } from 'react';
import { toast } from '../shell/toast.ts';
import { Menu } from '../ui/menu.tsx';

type Props = {
  /** The name of the field, as people say it. */
  field: string;
  value: string;
  children?: ReactNode;
  /** Where the list can be filtered by it. */
  onInclude?: (() => void) | undefined;
  onExclude?: (() => void) | undefined;
};

/** A value with a menu that appears beside it on hover or focus: copy it, see only it, see all but it. */
export function ValueMenu({ field, value, children, onInclude, onExclude }: Props) {
  async function copy() {
    await navigator.clipboard.writeText(value);
    toast({ title: `Copied ${field}` });
  }
  return (
    <span className="group/value inline-flex max-w-full items-center gap-1">
      <span className="min-w-0 break-words">{children ?? value}</span>
      <Menu
        align="start"
        label={`Actions for ${field} ${value.slice(0, 40)}`}
        className="-my-0.5 flex size-6 shrink-0 items-center justify-center rounded text-muted opacity-0 group-hover/value:opacity-100 hover:text-text focus-visible:opacity-100 data-popup-open:opacity-100 [@media(hover:none)]:opacity-100"
        trigger={<Ellipsis aria-hidden className="size-4" />}
        entries={[
          { label: 'Copy', icon: Copy, run: () => void copy() },
          ...(onInclude ? [{ label: `Only this ${field}`, icon: Filter, run: onInclude }] : []),
          ...(onExclude ? [{ label: `All but this ${field}`, icon: FilterX, run: onExclude }] : []),
        ]}
      />
    </span>
  );
}
