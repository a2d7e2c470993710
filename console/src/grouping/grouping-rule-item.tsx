import { answerOf, client } from '../api/client.ts';
import { actorName } from '../kit/actor-name.ts';
import { DeleteButton } from '../kit/delete-button.tsx';
import { EnabledMark } from '../kit/enabled-mark.tsx';
import { formatExactDuration } from '../kit/format-duration.ts';
import { ListItem } from '../kit/list-item.tsx';
import { MatchersText } from '../kit/matchers-text.tsx';
import { MoveButtons, type Place } from '../kit/move-buttons.tsx';
import type { Move } from '../kit/use-order.ts';
import { type GroupingRule, refreshGroupingRules } from './grouping-queries.ts';

type Props = {
  rule: GroupingRule;
  place: Place;
  /** Left out for those who may only read. */
  onMove: Move | undefined;
  onEdit: () => void;
};

/** One grouping rule at its place. */
export function GroupingRuleItem({ rule, place, onMove, onEdit }: Props) {
  const { id, name, matchers, fields, window_seconds, enabled, created_by } = rule;
  const remove = () =>
    answerOf(client.DELETE('/grouping-rules/{id}', { params: { path: { id } } })).then(refreshGroupingRules);
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
            <MoveButtons item={rule} place={place} onMove={onMove} />
            <DeleteButton name={name} thing="rule" send={remove}>
              Events from then on get no key of it. Alerts that are open stay as they are.
            </DeleteButton>
          </>
        )
      }
    >
      <p>
        <MatchersText matchers={matchers} none="Every event" />
      </p>
      <p className="break-words">
        One alert for each {fields.join(', ')}, until none came for {formatExactDuration(window_seconds)}; by{' '}
        {actorName(created_by)}
      </p>
    </ListItem>
  );
}
