import { useQuery } from '@tanstack/react-query';
import { EditableText } from './editable-text.tsx';
import { editing } from './incident-changes.ts';
import { type Incident, incidentFacetsQuery, incidentFilters } from './incident-queries.ts';
import { useIncidentChange } from './use-incident-change.ts';

type Props = { incident: Incident; field: 'service' | 'assignee'; mayEdit: boolean };

/** A name that an incident has. While it is changed, those of other incidents are suggested. */
export function NameField({ incident, field, mayEdit }: Props) {
  const change = useIncidentChange();
  const { data } = useQuery(incidentFacetsQuery(incidentFilters({})));
  return (
    <EditableText
      label={field}
      value={incident[field] ?? ''}
      mayEdit={mayEdit}
      suggestions={data?.facets[field].flatMap(({ value }) => value ?? []) ?? []}
      onSave={(text) =>
        field === 'assignee'
          ? change(editing(incident, { field, value: text || null }))
          : change(editing(incident, { field, value: text }))
      }
    />
  );
}
