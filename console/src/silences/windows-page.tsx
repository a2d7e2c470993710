import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { CalendarClock } from 'lucide-react';
import { AddButton } from '../kit/add-button.tsx';
import { useActions } from '../kit/use-actions.ts';
import { WholeList } from '../kit/whole-list.tsx';
import { useMay } from '../session/use-self.ts';
import { Page } from '../shell/page.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { WindowDialog } from './window-dialog.tsx';
import { WindowItem } from './window-item.tsx';
import { windowsQuery } from './window-queries.ts';
import type { WindowSearch } from './window-search.ts';

const route = getRouteApi('/app/admin/maintenance-windows');

/** Silences that come back by a rule. */
export function WindowsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayManage = useMay()('silence.manage');
  const query = useQuery(windowsQuery);
  const show = (shown: WindowSearch) => void navigate({ search: shown, replace: true });
  const add = () => show({ new: true });
  useActions('Maintenance windows', mayManage ? [{ label: 'Add a maintenance window', keys: 'c', run: add }] : []);
  const edited = query.data?.data.find(({ id }) => id === search.edit);
  return (
    <Page
      title="Maintenance windows"
      actions={
        mayManage && (
          <Button look="primary" size="small" onClick={add}>
            New window
          </Button>
        )
      }
    >
      <WholeList
        label="Maintenance windows"
        query={query}
        empty={
          <EmptyState
            icon={CalendarClock}
            title="No maintenance windows yet"
            text="A window silences events each time its rule says: every Sunday night, every first of a month."
          >
            <AddButton label="Add a maintenance window" onAdd={mayManage ? add : undefined} />
          </EmptyState>
        }
      >
        {(window) => (
          <WindowItem
            key={window.id}
            window={window}
            onEdit={mayManage ? () => show({ edit: window.id }) : undefined}
          />
        )}
      </WholeList>
      {mayManage && (search.new || edited) && (
        <WindowDialog key={edited?.id} window={edited} onClose={() => show({})} />
      )}
    </Page>
  );
}
