import { Link } from '@tanstack/react-router';
import { Page } from '../shell/page.tsx';
import { useAdminPlaces } from '../shell/use-admin-places.ts';

/** Where admins find what is theirs. */
export function AdminPage() {
  return (
    <Page title="Admin">
      <ul className="grid gap-3 p-4 sm:grid-cols-2 xl:grid-cols-3">
        {useAdminPlaces().map(({ to, label, text, icon: Icon }) => (
          <li key={to}>
            <Link
              to={to}
              className="flex h-full gap-3 rounded-md border border-line bg-raised p-3 hover:border-control hover:bg-hover"
            >
              <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
              <span>
                <span className="block font-medium">{label}</span>
                <span className="block text-muted">{text}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Page>
  );
}
