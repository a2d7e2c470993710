import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useActions } from '../kit/use-actions.ts';
import { Page } from '../shell/page.tsx';
import { Button } from '../ui/button.tsx';
import { Key } from '../ui/key.tsx';
import { InvitationList } from './invitation-list.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { PeopleFilterBar } from './people-filter-bar.tsx';
import { PeopleList } from './people-list.tsx';
import type { PeopleSearch } from './people-search.ts';

const route = getRouteApi('/app/admin/people');

/** Who may sign in and with which role, and who is invited. */
export function PeoplePage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = useCallback(
    (changed: Partial<PeopleSearch>) =>
      void navigate({ search: (before) => ({ ...before, ...changed }), replace: true }),
    [navigate],
  );
  const invite = () => change({ new: true });
  useActions('People', [{ label: 'Invite a person', keys: 'c', run: invite }]);
  const actions = (
    <>
      <PeopleFilterBar search={search} onChange={change} />
      <Button look="primary" size="small" onClick={invite}>
        Invite{' '}
        <span aria-hidden className="max-md:hidden">
          <Key keys="c" />
        </span>
      </Button>
    </>
  );
  return (
    <Page title="People" full actions={actions}>
      {search.shelf === 'invitations' ? (
        <InvitationList onInvite={invite} />
      ) : (
        <PeopleList search={search} onChange={change} />
      )}
      {search.new && <InviteDialog onClose={() => change({ new: undefined })} />}
    </Page>
  );
}
