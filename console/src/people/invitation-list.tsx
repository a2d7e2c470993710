import { MailPlus } from 'lucide-react';
import { AddButton } from '../kit/add-button.tsx';
import { EndlessFoot } from '../kit/endless-foot.tsx';
import { useCursorList } from '../kit/use-cursor-list.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { InvitationItem } from './invitation-item.tsx';
import { INVITATIONS_KEY, type Invitation, loadInvitations } from './people-queries.ts';

/** The invitations that nobody has used yet. */
export function InvitationList({ onInvite }: { onInvite: () => void }) {
  const found = useCursorList<Invitation>({
    queryKey: INVITATIONS_KEY,
    load: (cursor, signal) => loadInvitations({ cursor, signal }),
  });
  if (found.isEmpty) {
    return (
      <EmptyState icon={MailPlus} title="No invitation is open" text="Those that were used or have ended are gone.">
        <AddButton label="Invite a person" onAdd={onInvite} />
      </EmptyState>
    );
  }
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <ul aria-label="Open invitations" className="divide-y divide-line">
        {found.rows.map((invitation) => (
          <InvitationItem key={invitation.id} invitation={invitation} onRevoked={found.refresh} />
        ))}
      </ul>
      <EndlessFoot list={found} />
    </div>
  );
}
