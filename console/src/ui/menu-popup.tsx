import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { classes } from './classes.ts';
import type { MenuAction, MenuChoice, MenuEntry, MenuProps } from './menu.tsx';

const itemClasses = classes(
  'flex h-8 cursor-default items-center gap-2 rounded px-2 outline-none select-none',
  'data-highlighted:bg-hover data-disabled:opacity-50',
);

/** What `Menu` loads. It opens at once. */
export function MenuPopup({ trigger, entries, label, className, align = 'end' }: MenuProps) {
  const button = useRef<HTMLButtonElement>(null);
  // Pressed once more, for the press that led here was on the button in its place: so the focus goes to the first entry.
  const isPressed = useRef(false);
  useEffect(() => {
    if (!isPressed.current) button.current?.click();
    isPressed.current = true;
  }, []);
  return (
    <Base.Root>
      <Base.Trigger ref={button} aria-label={label} className={className}>
        {trigger}
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner align={align} sideOffset={4} className="z-50">
          <Base.Popup className="min-w-40 rounded-md border border-line bg-raised p-1 shadow-lg outline-none">
            {entries.map((entry, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the entries of a menu keep their places
              <Entry key={index} entry={entry} />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function Entry({ entry }: { entry: MenuEntry }) {
  if (entry === 'line') return <Base.Separator className="my-1 h-px bg-line" />;
  return 'run' in entry ? <Action {...entry} /> : <Choice {...entry} />;
}

function Action({ label, icon: Icon, run }: MenuAction) {
  return (
    <Base.Item onClick={run} className={itemClasses}>
      {Icon && <Icon aria-hidden className="size-4 text-muted" />}
      {label}
    </Base.Item>
  );
}

function Choice({ label, value, options, onChoose }: MenuChoice) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2 pt-2 pb-1 text-xs text-muted">{label}</Base.GroupLabel>
      <Base.RadioGroup value={value} onValueChange={onChoose}>
        {options.map((option) => (
          <Base.RadioItem key={option.value} value={option.value} closeOnClick className={itemClasses}>
            <span className="w-4">
              <Base.RadioItemIndicator>
                <Check aria-hidden className="size-4" />
              </Base.RadioItemIndicator>
            </span>
            {option.label}
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  );
}
