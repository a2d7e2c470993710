import { Fields } from '../kit/fields.tsx';
import { FieldsOrJson } from '../kit/fields-or-json.tsx';
import { StatusBadge } from '../kit/status-badge.tsx';
import { TimeText } from '../kit/time-text.tsx';
import { useActions } from '../kit/use-actions.ts';
import { useSelf } from '../session/use-self.ts';
import { editing } from './incident-changes.ts';
import type { Incident } from './incident-queries.ts';
import { NameField } from './name-field.tsx';
import { SeverityMenu } from './severity-menu.tsx';
import { TagsEditor } from './tags-editor.tsx';
import { useIncidentChange } from './use-incident-change.ts';
import { useIncidentRights } from './use-incident-rights.ts';

/** The fields of an incident, changed where they stand. `a` assigns it, `m` to oneself. */
export function IncidentFields({ incident }: { incident: Incident }) {
  const change = useIncidentChange();
  const { mayChange } = useIncidentRights(incident);
  const { username } = useSelf();
  useActions(
    'Assignment',
    mayChange
      ? [
          { label: 'Assign to somebody', keys: 'a', run: () => editField('assignee') },
          {
            label: 'Assign to me',
            keys: 'm',
            run: () => void change(editing(incident, { field: 'assignee', value: username })),
          },
        ]
      : [],
  );
  return (
    <div className="p-4">
      <FieldsOrJson value={incident}>
        <Fields
          label="Incident"
          fields={[
            ['Status', <StatusBadge key="status" status={incident.archived_at ? 'archived' : incident.status} />],
            [
              'Severity',
              <SeverityMenu
                key="severity"
                severity={incident.severity}
                mayEdit={mayChange}
                onChange={(value) => void change(editing(incident, { field: 'severity', value }))}
              />,
            ],
            ['Service', <NameField key="service" incident={incident} field="service" mayEdit={mayChange} />],
            ['Assignee', <NameField key="assignee" incident={incident} field="assignee" mayEdit={mayChange} />],
            ['Owner', incident.owner],
            ['Tags', <TagsEditor key="tags" incident={incident} mayEdit={mayChange} />],
            ['Opened', <TimeText key="opened" time={incident.created_at} />],
            ['Mitigated', incident.mitigated_at && <TimeText key="mitigated" time={incident.mitigated_at} />],
            ['Resolved', incident.resolved_at && <TimeText key="resolved" time={incident.resolved_at} />],
            ['Archived', incident.archived_at && <TimeText key="archived" time={incident.archived_at} />],
            ['Changed', <TimeText key="changed" time={incident.updated_at} />],
            ['Version', incident.version],
          ]}
        />
      </FieldsOrJson>
    </div>
  );
}

function editField(name: string): void {
  document.querySelector<HTMLButtonElement>(`[data-edit="${name}"]`)?.click();
}
