import { Link } from '@tanstack/react-router';
import { navLinkClasses } from '../shell/nav-link-classes.ts';
import { useAdminPlaces } from '../shell/use-admin-places.ts';

/** The pages of Admin, beside the one that is open. */
export function AdminNavigation() {
  return (
    <nav
      aria-label="Admin"
      className="hidden w-52 shrink-0 flex-col gap-0.5 overflow-y-auto border-r border-line p-2 lg:flex"
    >
      {useAdminPlaces().map(({ to, label, icon: Icon }) => (
        <Link key={to} to={to} className={navLinkClasses}>
          <Icon aria-hidden className="size-4 shrink-0" />
          {label}
        </Link>
      ))}
    </nav>
  );
}
