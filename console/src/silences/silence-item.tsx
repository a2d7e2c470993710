import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { answerOf, client } from '../api/client.ts';
import { actorName } from '../kit/actor-name.ts';
import { ConfirmDialog } from '../kit/confirm-dialog.tsx';
import { ListItem } from '../kit/list-item.tsx';
import { MatchersText } from '../kit/matchers-text.tsx';
import { TimeText } from '../kit/time-text.tsx';
import { toast, toastProblem } from '../shell/toast.ts';
import { Button } from '../ui/button.tsx';
import { refreshSilences, type Silence } from './silence-queries.ts';
import { SilenceStateMark } from './silence-state-mark.tsx';

type Props = { silence: Silence; onEdit: (() => void) | undefined };

/** One silence: what it is for, how long, and what it kept away. */
export function SilenceItem({ silence, onEdit }: Props) {
  const { id, reason, matchers, state, starts_at, ends_at, suppressed_count, window_id, created_by, ended_by } =
    silence;
  const [asks, setAsks] = useState(false);
  const isOver = state === 'ended';
  const endText = state === 'active' ? 'End now' : 'Call off';
  const end = () =>
    answerOf(client.DELETE('/silences/{id}', { params: { path: { id } } }))
      .then(refreshSilences)
      .then(() => toast({ title: `Silence ${id} ended` }))
      .catch(toastProblem);
  return (
    <ListItem
      id={id}
      title={reason}
      onOpen={isOver ? undefined : onEdit}
      marks={<SilenceStateMark state={state} />}
      actions={
        onEdit &&
        !isOver && (
          <Button size="small" aria-label={`${endText}: ${reason}`} onClick={() => setAsks(true)}>
            {endText}
          </Button>
        )
      }
    >
      <p>
        <MatchersText matchers={matchers} none="Every event" />
      </p>
      <p>
        From <TimeText time={starts_at} /> to <TimeText time={ends_at} />, by {actorName(created_by)}
        {ended_by && `, ended by ${actorName(ended_by)}`}
        {window_id !== null && `, of maintenance window ${window_id}`}
      </p>
      <p>
        {suppressed_count === 0 ? (
          'Nothing suppressed'
        ) : (
          <Link to="/events" search={{ silence: id }} className="text-accent underline">
            {suppressed_count} suppressed {suppressed_count === 1 ? 'event' : 'events'}
          </Link>
        )}
      </p>
      {asks && (
        <ConfirmDialog
          title={state === 'active' ? `End silence ${id} now?` : `Call silence ${id} off?`}
          action="End silence"
          dangerous
          onConfirm={end}
          onClose={() => setAsks(false)}
        >
          {state === 'active' ? 'From now on its events raise alerts again.' : 'It will not begin.'}
        </ConfirmDialog>
      )}
    </ListItem>
  );
}
