import { useLocation, useNavigate } from '@tanstack/react-router';
import { ChevronDown } from 'lucide-react';
import { useAdminPlaces } from '../shell/use-admin-places.ts';
import { buttonClasses } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';

/** The pages of Admin where there is no room beside them. The page that lists them needs none. */
export function AdminMenu() {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const places = useAdminPlaces();
  const here = places.find(({ to }) => `${pathname}/`.startsWith(`${to}/`));
  if (!here) return null;
  return (
    <nav aria-label="Admin" className="shrink-0 border-b border-line px-2 py-1 lg:hidden">
      <Menu
        align="start"
        className={buttonClasses({ look: 'quiet' })}
        trigger={
          <>
            Admin <span className="text-text">{here.label}</span>
            <ChevronDown aria-hidden className="size-4" />
          </>
        }
        entries={places.map(({ to, label, icon }) => ({ label, icon, run: () => void navigate({ to }) }))}
      />
    </nav>
  );
}
