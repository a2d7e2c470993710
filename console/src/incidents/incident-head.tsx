import { Markdown } from '../kit/markdown.tsx';
import { EditableText } from './editable-text.tsx';
import { editing } from './incident-changes.ts';
import type { Incident } from './incident-queries.ts';
import { useIncidentChange } from './use-incident-change.ts';
import { useIncidentRights } from './use-incident-rights.ts';

/** The title and the description of an incident, changed where they stand. */
export function IncidentHead({ incident }: { incident: Incident }) {
  const change = useIncidentChange();
  const { mayChange } = useIncidentRights(incident);
  return (
    <section aria-label="Title and description" className="max-w-4xl space-y-2 p-4">
      <EditableText
        label="title"
        value={incident.title}
        mayEdit={mayChange}
        maxLength={200}
        onSave={(value) => change(editing(incident, { field: 'title', value }))}
        className="text-lg font-semibold break-words"
      />
      <EditableText
        label="description"
        value={incident.description}
        mayEdit={mayChange}
        maxLength={20_000}
        isLong
        onSave={(value) => change(editing(incident, { field: 'description', value }))}
        className="w-full"
      >
        {incident.description ? (
          <Markdown text={incident.description} />
        ) : (
          <span className="text-muted">No description.</span>
        )}
      </EditableText>
    </section>
  );
}
