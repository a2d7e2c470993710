import { useQuery } from '@tanstack/react-query';
import type { Matcher } from '../kit/matchers.ts';
import { useSettled } from '../kit/use-settled.ts';
import { groupingPreviewQuery } from './grouping-queries.ts';

const SHOWN = 8;

/** How the newest events would group by these matchers and fields, the largest groups first. */
export function GroupingPreview(trial: { matchers: Matcher[]; fields: string[] }) {
  const settled = useSettled(trial);
  const isReady = settled.fields.length > 0 && settled.matchers.every(({ value }) => value.length > 0);
  const { data, error } = useQuery({ ...groupingPreviewQuery(settled), enabled: isReady });
  if (!isReady || error || !data) return null;
  return (
    <section aria-label="Preview" className="rounded-md border border-line bg-surface px-3 py-2">
      <p>
        Of the newest {data.events.toLocaleString('en')} events <strong>{data.matching.toLocaleString('en')}</strong>{' '}
        would be in <strong>{data.group_count.toLocaleString('en')}</strong>{' '}
        {data.group_count === 1 ? 'group' : 'groups'}.
      </p>
      <ul className="mt-1 divide-y divide-line">
        {data.groups.slice(0, SHOWN).map(({ values, events }) => (
          <li key={JSON.stringify(values)} className="flex gap-3 py-1">
            <span className="min-w-0 flex-1 break-words text-muted">
              {Object.entries(values)
                .map(([field, value]) => `${field}: ${value ?? 'none'}`)
                .join(', ')}
            </span>
            <span className="tabular-nums">{events}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
