import { useNavigate } from '@tanstack/react-router';
import { MenuIcon, Search } from 'lucide-react';
import { paletteOpen } from '../kit/command-palette.tsx';
import { Button, buttonClasses } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { Logo } from './logo.tsx';
import { useDestinations } from './use-destinations.ts';
import { UserMenu } from './user-menu.tsx';

/** The navigation above the page, at phone width. */
export function TopBar() {
  const navigate = useNavigate();
  const entries = useDestinations().map(({ to, label, icon }) => ({ label, icon, run: () => void navigate({ to }) }));
  return (
    <header className="flex h-12 shrink-0 items-center gap-1 border-b border-line bg-surface px-2 md:hidden print:hidden">
      <Menu
        align="start"
        label="Navigation"
        className={buttonClasses({ look: 'quiet', size: 'icon' })}
        trigger={<MenuIcon aria-hidden className="size-5" />}
        entries={entries}
      />
      <Logo className="size-6" />
      <span className="mr-auto font-semibold">Edgewatch</span>
      <Button look="quiet" size="icon" aria-label="Search or go" onClick={() => paletteOpen.set(true)}>
        <Search aria-hidden className="size-5" />
      </Button>
      <UserMenu />
    </header>
  );
}
