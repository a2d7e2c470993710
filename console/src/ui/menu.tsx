import type { LucideIcon } from 'lucide-react';
import { type ReactNode, Suspense, useState } from 'react';
import { lazyPart } from './lazy-part.ts';

/** Something to do, one of several values to choose, or a line between them. */
export type MenuEntry = MenuAction | MenuChoice | 'line';
export type MenuAction = { label: string; icon?: LucideIcon; run: () => void };
export type MenuChoice = {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChoose: (value: string) => void;
};

export type MenuProps = {
  /** What the button shows. */
  trigger: ReactNode;
  entries: readonly MenuEntry[];
  /** The name of the button, where it shows no text. */
  label?: string | undefined;
  className?: string;
  align?: 'start' | 'end';
};

const MenuPopup = lazyPart(() => import('./menu-popup.tsx'), 'MenuPopup');

/** A button that opens a list of actions or choices. Until it is first wanted it is a button and nothing else. */
export function Menu(props: MenuProps) {
  const [isWanted, setIsWanted] = useState(false);
  const { trigger, label, className } = props;
  const button = (
    <button
      type="button"
      aria-label={label}
      aria-haspopup="menu"
      aria-expanded={false}
      className={className}
      onClick={() => setIsWanted(true)}
    >
      {trigger}
    </button>
  );
  if (!isWanted) return button;
  return (
    <Suspense fallback={button}>
      <MenuPopup {...props} />
    </Suspense>
  );
}
