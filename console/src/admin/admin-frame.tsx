import { Outlet } from '@tanstack/react-router';
import { AdminMenu } from './admin-menu.tsx';
import { AdminNavigation } from './admin-navigation.tsx';

/** What stands around the pages of Admin: their navigation beside them, or above them on a phone. */
export function AdminFrame() {
  return (
    <div className="flex h-full flex-col lg:flex-row">
      <AdminNavigation />
      <AdminMenu />
      <div className="min-h-0 min-w-0 flex-1 overflow-y-auto">
        <Outlet />
      </div>
    </div>
  );
}
