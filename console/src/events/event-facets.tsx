import { useQuery } from '@tanstack/react-query';
import { type Choices, readChoices, writeChoices } from '../kit/choices.ts';
import { Facet } from '../kit/facet.tsx';
import { countOf, facetValues } from '../kit/facet-values.ts';
import { FilterPanel } from '../kit/filter-panel.tsx';
import { oneChoice } from '../kit/one-choice.ts';
import { SeverityBadge } from '../kit/severity-badge.tsx';
import { EVENT_SEVERITIES, eventFacetsQuery, eventFilters } from './event-queries.ts';
import type { EventSearch } from './event-search.ts';

type Props = { search: EventSearch; onChange: (change: Partial<EventSearch>) => void };

type Field = 'severity' | 'source' | 'event_type';

/** The facets beside the list, with counts. */
export function EventFacets({ search, onChange }: Props) {
  const severities = useCounts(search, 'severity');
  const facet = (field: Field, counted: ReturnType<typeof useCounts>) => {
    const choices = readChoices(search[field]);
    return {
      choices,
      values: facetValues(counted, choices),
      onChange: (changed: Choices) => onChange({ [field]: writeChoices(changed) }),
    };
  };
  const source = facet('source', useCounts(search, 'source'));
  return (
    <FilterPanel>
      <Facet
        label="Severity"
        {...facet('severity', severities)}
        values={EVENT_SEVERITIES.map((value) => ({
          value,
          name: value,
          label: <SeverityBadge severity={value} />,
          count: countOf(severities, value),
        }))}
      />
      <Facet label="Source" {...source} onChange={(choices) => source.onChange(oneChoice(choices))} />
      <Facet label="Type" {...facet('event_type', useCounts(search, 'event_type'))} />
    </FilterPanel>
  );
}

/** Counted without the facet's own choice, so that the other values stay to be chosen. */
function useCounts(search: EventSearch, field: Field) {
  const { data } = useQuery(eventFacetsQuery(eventFilters({ ...search, [field]: undefined })));
  return data?.facets[field];
}
