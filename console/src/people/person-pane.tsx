import { useQuery } from '@tanstack/react-query';
import { Fields } from '../kit/fields.tsx';
import { SidePane } from '../kit/side-pane.tsx';
import { TimeText } from '../kit/time-text.tsx';
import { ProblemState } from '../ui/problem-state.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { personQuery } from './people-queries.ts';
import { PersonActions } from './person-actions.tsx';
import { PersonState } from './person-state.tsx';

type Props = { id: number; onClose: () => void };

/** One person beside the list: who they are, and what can be done about it. */
export function PersonPane({ id, onClose }: Props) {
  const { data: person, error, refetch } = useQuery(personQuery(id));
  return (
    <SidePane title={person?.username ?? `Person ${id}`} onClose={onClose}>
      {error && !person && <ProblemState error={error} onRetry={() => void refetch()} />}
      {!error && !person && <ProgressBar label="Loading" />}
      {person && (
        <div className="space-y-6">
          <PersonActions person={person} />
          <Fields
            label="Account"
            fields={[
              ['Username', person.username],
              ['E-mail', person.email],
              ['State', <PersonState key="state" person={person} />],
              ['Signs in', person.external ? 'At another issuer' : 'With a password'],
              ['2FA', person.external ? null : person.totp_enabled ? 'On' : 'Off'],
              ['Added', <TimeText key="added" time={person.created_at} />],
              ['Last sign-in', person.last_login_at ? <TimeText key="seen" time={person.last_login_at} /> : 'Never'],
              ['Id', person.id],
            ]}
          />
        </div>
      )}
    </SidePane>
  );
}
