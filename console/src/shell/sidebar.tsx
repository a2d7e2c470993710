import { Link } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { paletteOpen } from '../kit/command-palette.tsx';
import { Button } from '../ui/button.tsx';
import { Key } from '../ui/key.tsx';
import { Logo } from './logo.tsx';
import { navLinkClasses } from './nav-link-classes.ts';
import { useDestinations } from './use-destinations.ts';
import { UserMenu } from './user-menu.tsx';

/** The navigation beside the page, from tablet width on. */
export function Sidebar() {
  return (
    <header className="hidden w-52 shrink-0 flex-col gap-3 border-r border-line bg-surface p-3 md:flex print:hidden">
      <Link to="/" className="flex items-center gap-2 rounded-md px-1 font-semibold">
        <Logo className="size-6" />
        Edgewatch
      </Link>
      <Button className="justify-between! text-muted" onClick={() => paletteOpen.set(true)}>
        <span className="flex items-center gap-2">
          <Search aria-hidden className="size-4" />
          Search or go…
        </span>
        <Key keys="mod+k" />
      </Button>
      <nav aria-label="Main" className="flex flex-col gap-0.5">
        {useDestinations().map(({ to, label, icon: Icon }) => (
          <Link key={to} to={to} activeOptions={{ exact: to === '/' }} className={navLinkClasses}>
            <Icon aria-hidden className="size-4" />
            {label}
          </Link>
        ))}
      </nav>
      <div className="mt-auto">
        <UserMenu showsName />
      </div>
    </header>
  );
}
