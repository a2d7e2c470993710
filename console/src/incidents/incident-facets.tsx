import { useQuery } from '@tanstack/react-query';
import { type Choices, readChoices, writeChoices } from '../kit/choices.ts';
import { Facet } from '../kit/facet.tsx';
import { countOf, facetValues } from '../kit/facet-values.ts';
import { FilterPanel } from '../kit/filter-panel.tsx';
import { oneChoice } from '../kit/one-choice.ts';
import { SeverityBadge } from '../kit/severity-badge.tsx';
import { StatusBadge } from '../kit/status-badge.tsx';
import { INCIDENT_SEVERITIES, INCIDENT_STATUSES, incidentFacetsQuery, incidentFilters } from './incident-queries.ts';
import type { IncidentSearch } from './incident-search.ts';

type Props = { search: IncidentSearch; onChange: (change: Partial<IncidentSearch>) => void };

type Field = 'status' | 'severity' | 'service' | 'assignee' | 'tag';

/** Of these the API takes one wanted value. */
const ONE_OF: Field[] = ['service', 'assignee'];

/** The facets beside the list, with counts. */
export function IncidentFacets({ search, onChange }: Props) {
  const counts = {
    status: useCounts(search, 'status'),
    severity: useCounts(search, 'severity'),
    service: useCounts(search, 'service'),
    assignee: useCounts(search, 'assignee'),
    tag: useCounts(search, 'tag'),
  };
  const facet = (field: Field) => ({
    choices: readChoices(search[field]),
    onChange: (choices: Choices) =>
      onChange({ [field]: writeChoices(ONE_OF.includes(field) ? oneChoice(choices) : choices) }),
  });
  const open = (field: Field) => ({ ...facet(field), values: facetValues(counts[field], readChoices(search[field])) });
  return (
    <FilterPanel>
      <Facet
        label="Status"
        values={INCIDENT_STATUSES.map((value) => ({
          value,
          name: value,
          label: <StatusBadge status={value} />,
          count: countOf(counts.status, value),
        }))}
        {...facet('status')}
      />
      <Facet
        label="Severity"
        values={INCIDENT_SEVERITIES.map((value) => ({
          value,
          name: value,
          label: <SeverityBadge severity={value} />,
          count: countOf(counts.severity, value),
        }))}
        {...facet('severity')}
      />
      <Facet label="Tag" {...open('tag')} />
      <Facet label="Service" {...open('service')} />
      <Facet label="Assignee" {...open('assignee')} />
    </FilterPanel>
  );
}

/** Counted without the facet's own choice, so that the other values stay to be chosen. */
function useCounts(search: IncidentSearch, field: Field) {
  const { data } = useQuery(incidentFacetsQuery(incidentFilters({ ...search, [field]: undefined })));
  return data?.facets[field];
}
