import { readChoices } from '../kit/choices.ts';
import { FilterChips, spokenChoices } from '../kit/filter-chips.tsx';
import { absoluteTime } from '../kit/format-time.ts';
import { ALERT_MARKS, type AlertMark, type AlertSearch } from './alert-search.ts';

type Props = { search: AlertSearch; onChange: (change: Partial<AlertSearch>) => void };

/** The filters of the list that are in force. */
export function AlertFilterBar({ search, onChange }: Props) {
  const { dedup_key, incident, from, to } = search;
  const chip = (label: string, [name, value]: [keyof AlertSearch, string | undefined]) => ({
    label,
    value,
    onRemove: () => onChange({ [name]: undefined }),
  });
  return (
    <FilterChips
      chips={[
        chip('Status', ['status', spokenChoices(search.status)]),
        chip('Severity', ['severity', spokenChoices(search.severity)]),
        chip('Marks', ['marks', spokenMarks(search.marks)]),
        chip('Type', ['event_type', spokenChoices(search.event_type)]),
        chip('Source', ['source', spokenChoices(search.source)]),
        chip('Assignee', ['assignee', spokenChoices(search.assignee)]),
        chip('Dedup key', ['dedup_key', dedup_key]),
        chip('Incident', ['incident', incident === undefined ? undefined : `#${incident}`]),
        chip('From', ['from', from && absoluteTime(from)]),
        chip('To', ['to', to && absoluteTime(to)]),
      ]}
    />
  );
}

function spokenMarks(text: string | undefined): string | undefined {
  const { include, exclude } = readChoices(text);
  const label = (mark: string) => ALERT_MARKS[mark as AlertMark].label.toLowerCase();
  return [...include.map(label), ...exclude.map((mark) => `not ${label(mark)}`)].join(', ') || undefined;
}
