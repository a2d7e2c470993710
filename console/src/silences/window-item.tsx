import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { answerOf, client } from '../api/client.ts';
import { actorName } from '../kit/actor-name.ts';
import { DeleteButton } from '../kit/delete-button.tsx';
import { EnabledMark } from '../kit/enabled-mark.tsx';
import { formatExactDuration } from '../kit/format-duration.ts';
import { ListItem } from '../kit/list-item.tsx';
import { MatchersText } from '../kit/matchers-text.tsx';
import { windowDraft, zonedTime } from './window-draft.ts';
import { type MaintenanceWindow, occurrencesQuery, refreshWindows } from './window-queries.ts';
import { repetitionText } from './window-rule.ts';

type Props = { window: MaintenanceWindow; onEdit: (() => void) | undefined };

/** One maintenance window, and when it comes next. */
export function WindowItem({ window, onEdit }: Props) {
  const { id, reason, matchers, time_zone, duration_seconds, enabled, created_by } = window;
  const draft = windowDraft(window);
  const { data } = useQuery(occurrencesQuery(id));
  const next = data?.data.map(({ starts_at }) => zonedTime(starts_at, time_zone)) ?? [];
  const remove = () =>
    answerOf(client.DELETE('/maintenance-windows/{id}', { params: { path: { id } } })).then(refreshWindows);
  return (
    <ListItem
      id={id}
      title={reason}
      onOpen={onEdit}
      marks={<EnabledMark enabled={enabled} />}
      actions={
        onEdit && (
          <DeleteButton name={reason} thing="window" send={remove}>
            What was planned of it is taken back. An occurrence that lasts goes on to its end.
          </DeleteButton>
        )
      }
    >
      <p>
        <MatchersText matchers={matchers} none="Every event" />
      </p>
      <p className="break-words">
        {repetitionText(draft, draft.startsAt)}, for {formatExactDuration(duration_seconds)}, {time_zone}, by{' '}
        {actorName(created_by)}
      </p>
      {data && <p>{next.length > 0 ? `Next: ${next.join('; ')}` : 'No occurrence is to come'}</p>}
      <p>
        <Link to="/admin/silences" search={{ window: id, state: 'ended' }} className="text-accent underline">
          Its silences so far
        </Link>
      </p>
    </ListItem>
  );
}
