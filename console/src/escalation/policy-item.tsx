import { answerOf, client } from '../api/client.ts';
import { DeleteButton } from '../kit/delete-button.tsx';
import { EnabledMark } from '../kit/enabled-mark.tsx';
import { ListItem } from '../kit/list-item.tsx';
import { MatchersText } from '../kit/matchers-text.tsx';
import { MoveButtons, type Place } from '../kit/move-buttons.tsx';
import type { Move } from '../kit/use-order.ts';
import { type Policy, refreshPolicies } from './policy-queries.ts';
import { repeatText, targetsText, whenText } from './policy-text.ts';
import { useChannels } from './use-channels.ts';

type Props = {
  policy: Policy;
  place: Place;
  /** Left out for those who may only read. */
  onMove: Move | undefined;
  onEdit: () => void;
};

/** One policy at its place: its steps and targets. */
export function PolicyItem({ policy, place, onMove, onEdit }: Props) {
  const { id, name, matchers, steps, repeat, targets, enabled } = policy;
  const channels = useChannels();
  const nameOf = (channel: number) => channels.find((known) => known.id === channel)?.name ?? `channel ${channel}`;
  const noteOf = (channel: number) => (policy.gone_channel_ids.includes(channel) ? ' (deleted)' : '');
  const remove = () =>
    answerOf(client.DELETE('/escalation-policies/{id}', { params: { path: { id } } })).then(refreshPolicies);
  return (
    <ListItem
      id={id}
      number={place.number}
      title={name}
      onOpen={onMove && onEdit}
      marks={<EnabledMark enabled={enabled} />}
      actions={
        onMove && (
          <>
            <MoveButtons item={policy} place={place} onMove={onMove} />
            <DeleteButton name={name} thing="policy" send={remove}>
              Alerts that have it get no further steps. Who was told of them hears how they end.
            </DeleteButton>
          </>
        )
      }
    >
      <p>
        <MatchersText matchers={matchers} none="Every alert" />
      </p>
      {steps.length === 0 && <p>Nobody is told.</p>}
      <ol>
        {steps.map(({ after_seconds, channel_ids }) => (
          <li key={after_seconds} className="break-words">
            {whenText(after_seconds)}: {channel_ids.map((channel) => nameOf(channel) + noteOf(channel)).join(', ')}
          </li>
        ))}
      </ol>
      {steps.length > 0 && repeat.count > 0 && <p>{repeatText(repeat)}</p>}
      {targetsText(targets) && <p>{targetsText(targets)}</p>}
    </ListItem>
  );
}
