import { ValueMenu } from '../kit/value-menu.tsx';
import type { AlertSearch } from './alert-search.ts';

type Field = 'source' | 'event_type' | 'assignee' | 'dedup_key';
type Props = { field: Field; value: string; onFilter: (change: Partial<AlertSearch>) => void };

const NAMES = { source: 'source', event_type: 'type', assignee: 'assignee', dedup_key: 'dedup key' };

/** A value to copy, or to see only alerts that have it, or only those that do not. */
export function FilterValue({ field, value, onFilter }: Props) {
  const isExact = field === 'dedup_key';
  // Choices are parted by commas, so a value with one cannot be among them.
  const isChoice = !isExact && !value.includes(',') && !value.startsWith('-');
  return (
    <ValueMenu
      field={NAMES[field]}
      value={value}
      onInclude={isExact || isChoice ? () => onFilter({ [field]: value }) : undefined}
      onExclude={isChoice ? () => onFilter({ [field]: `-${value}` }) : undefined}
    />
  );
}
