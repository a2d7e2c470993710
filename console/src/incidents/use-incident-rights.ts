import { useMay, useSelf } from '../session/use-self.ts';
import type { Incident } from './incident-queries.ts';

/** What the person may do with an incident: their own, or anybody's. */
export function useIncidentRights({ owner }: Pick<Incident, 'owner'>) {
  const { username } = useSelf();
  const may = useMay();
  const isOwn = owner === username;
  return {
    mayChange: may('incident.change_any') || (isOwn && may('incident.change')),
    mayDelete: may('incident.delete_any') || (isOwn && may('incident.delete')),
    mayResolveAlerts: may('alert.triage'),
  };
}
