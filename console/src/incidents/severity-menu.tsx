import { ChevronDown } from 'lucide-react';
import { SeverityBadge } from '../kit/severity-badge.tsx';
import { Menu } from '../ui/menu.tsx';
import { INCIDENT_SEVERITIES, type Incident } from './incident-queries.ts';
import { SEVERITY_NAMES } from './severity-names.ts';

type Severity = Incident['severity'];
type Props = { severity: Severity; mayEdit: boolean; onChange: (severity: Severity) => void };

/** The severity of an incident, and a menu with the others for those who may change it. */
export function SeverityMenu({ severity, mayEdit, onChange }: Props) {
  if (!mayEdit) return <SeverityBadge severity={severity} />;
  return (
    <Menu
      align="start"
      label={`Severity: ${SEVERITY_NAMES[severity]}`}
      className="-mx-1 inline-flex items-center gap-1 rounded px-1 hover:bg-hover"
      trigger={
        <>
          <SeverityBadge severity={severity} />
          <ChevronDown aria-hidden className="size-3.5 text-muted" />
        </>
      }
      entries={[
        {
          label: 'Severity',
          value: severity,
          options: INCIDENT_SEVERITIES.map((value) => ({ value, label: SEVERITY_NAMES[value] })),
          onChoose: (value) => onChange(value as Severity),
        },
      ]}
    />
  );
}
