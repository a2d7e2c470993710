import type { Schemas } from '../api/schema.ts';
import { type Choices, readChoices, remaining } from '../kit/choices.ts';
import { ALERT_MARKS, type AlertMark, type AlertSearch } from './alert-search.ts';
import { ALERT_STATUSES, SEVERITIES } from './alert-values.ts';

/** The filters of the API that a search in the address stands for. */
export function alertFilters(search: AlertSearch) {
  const [source, type, assignee] = [search.source, search.event_type, search.assignee].map(readChoices) as [
    Choices,
    Choices,
    Choices,
  ];
  return {
    severity: remaining(readChoices(search.severity), SEVERITIES),
    status: remaining(readChoices(search.status), ALERT_STATUSES),
    source: source.include[0],
    not_source: joined(source.exclude),
    event_type: joined(type.include),
    not_event_type: joined(type.exclude),
    assignee: assignee.include[0],
    not_assignee: joined(assignee.exclude),
    ...markFilters(readChoices(search.marks)),
    search: search.search,
    dedup_key: search.dedup_key,
    incident: search.incident,
    from: search.from,
    to: search.to,
  };
}

export type AlertFilters = ReturnType<typeof alertFilters>;

type BulkFilter = NonNullable<Schemas['BulkTriage']['filter']>;

/** The same filters as a body has them. */
export function bulkFilter(filters: AlertFilters): BulkFilter {
  const { source, assignee, search, dedup_key, incident, from, to } = filters;
  const { assigned, flapping, breached } = filters;
  const given = {
    severity: parted(filters.severity),
    status: parted(filters.status),
    event_type: parted(filters.event_type),
    not_source: parted(filters.not_source),
    not_event_type: parted(filters.not_event_type),
    not_assignee: parted(filters.not_assignee),
    assigned: assigned && assigned === 'true',
    flapping: flapping && flapping === 'true',
    breached: breached && breached === 'true',
    ...{ source, assignee, search, dedup_key, incident, from, to },
  };
  // The words are those of the closed lists, by `choicesParam`.
  return given as BulkFilter;
}

type Flag = 'true' | 'false';
type MarkFilters = Partial<Record<(typeof ALERT_MARKS)[AlertMark]['filter'], Flag>>;

function markFilters({ include, exclude }: Choices): MarkFilters {
  const filters: MarkFilters = {};
  for (const [mark, { filter, means }] of Object.entries(ALERT_MARKS)) {
    if (include.includes(mark)) filters[filter] = `${means}`;
    if (exclude.includes(mark)) filters[filter] = `${!means}`;
  }
  return filters;
}

const joined = (values: readonly string[]) => values.join(',') || undefined;
const parted = (values: string | undefined) => values?.split(',');
