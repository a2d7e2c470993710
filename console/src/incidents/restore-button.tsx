import { Link } from '@tanstack/react-router';
import { Button } from '../ui/button.tsx';
import { restoring } from './incident-changes.ts';
import type { Incident } from './incident-queries.ts';
import { useIncidentChange } from './use-incident-change.ts';
import { useIncidentRights } from './use-incident-rights.ts';

/** Brings a deleted incident back; then it leads there. */
export function RestoreButton({ incident }: { incident: Incident }) {
  const change = useIncidentChange();
  const { mayDelete } = useIncidentRights(incident);
  if (!incident.deleted_at) {
    return (
      <Link to="/incidents/$id" params={{ id: String(incident.id) }} className="text-accent hover:underline">
        Restored
      </Link>
    );
  }
  return (
    <Button
      size="small"
      disabled={!mayDelete}
      title={mayDelete ? undefined : 'Its owner or an admin can restore it'}
      aria-label={`Restore incident ${incident.id}`}
      onClick={() => void change(restoring(incident))}
    >
      Restore
    </Button>
  );
}
