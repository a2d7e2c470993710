import { useQuery } from '@tanstack/react-query';
import { type Choices, readChoices, writeChoices } from '../kit/choices.ts';
import { Facet } from '../kit/facet.tsx';
import { countOf, facetValues } from '../kit/facet-values.ts';
import { FilterPanel } from '../kit/filter-panel.tsx';
import { SeverityBadge } from '../kit/severity-badge.tsx';
import { StatusBadge } from '../kit/status-badge.tsx';
import { alertFilters } from './alert-filters.ts';
import { alertFacetsQuery } from './alert-queries.ts';
import { ALERT_MARK_NAMES, ALERT_MARKS, type AlertSearch } from './alert-search.ts';
import { ALERT_STATUSES, SEVERITIES } from './alert-values.ts';

type Props = { search: AlertSearch; onChange: (change: Partial<AlertSearch>) => void };
type Field = 'status' | 'severity' | 'source' | 'event_type' | 'assignee';

/** The facets beside the list, with counts. */
export function AlertFacets({ search, onChange }: Props) {
  const status = useCounts(search, 'status');
  const severity = useCounts(search, 'severity');
  const facet = (field: Field | 'marks') => ({
    choices: readChoices(search[field]),
    onChange: (choices: Choices) => onChange({ [field]: writeChoices(choices) }),
  });
  return (
    <FilterPanel>
      <Facet
        label="Status"
        values={ALERT_STATUSES.map((value) => ({
          value,
          name: value,
          label: <StatusBadge status={value} />,
          count: countOf(status, value),
        }))}
        {...facet('status')}
      />
      <Facet
        label="Severity"
        values={SEVERITIES.map((value) => ({
          value,
          name: value,
          label: <SeverityBadge severity={value} />,
          count: countOf(severity, value),
        }))}
        {...facet('severity')}
      />
      <Facet
        label="Marks"
        values={ALERT_MARK_NAMES.map((value) => {
          const { label } = ALERT_MARKS[value];
          return { value, name: label, label };
        })}
        {...facet('marks')}
      />
      <OpenFacet label="Type" field="event_type" search={search} onChange={onChange} />
      <OpenFacet label="Source" field="source" search={search} onChange={onChange} single />
      <OpenFacet label="Assignee" field="assignee" search={search} onChange={onChange} single />
    </FilterPanel>
  );
}

type OpenProps = Props & { label: string; field: 'source' | 'event_type' | 'assignee'; single?: boolean };

/** A field of any values, the most frequent ones. Of some the API takes one: another that is wanted takes its place. */
function OpenFacet({ label, field, search, onChange, single = false }: OpenProps) {
  const choices = readChoices(search[field]);
  const values = facetValues(useCounts(search, field), choices);
  if (values.length === 0) return null;
  return (
    <Facet
      label={label}
      values={values}
      choices={choices}
      onChange={({ include, exclude }) =>
        onChange({ [field]: writeChoices({ include: single ? include.slice(-1) : include, exclude }) })
      }
    />
  );
}

/** Counted without the facet's own choice, so that the other values stay to be chosen. */
function useCounts(search: AlertSearch, field: Field) {
  return useQuery(alertFacetsQuery(alertFilters({ ...search, [field]: undefined }))).data?.facets[field];
}
