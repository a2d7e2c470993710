import { useChange } from '../kit/use-change.ts';
import type { IncidentChange } from './incident-changes.ts';
import type { Incident } from './incident-queries.ts';
import { keepIncident, refreshAround } from './keep-incident.ts';
import { inTurn } from './own-turns.ts';
import { whoWasFirst } from './who-was-first.ts';

const common = {
  send: ({ incident, send }: IncidentChange) => inTurn(incident, send),
  show: ({ incident, shown }: IncidentChange) => {
    keepIncident({ ...incident, ...shown });
    return () => keepIncident(incident);
  },
  settle: settled,
  says: ({ says }: IncidentChange) => says,
  explain: ({ incident }: IncidentChange) => whoWasFirst(incident),
};

function settled(changed: Incident) {
  keepIncident(changed);
  refreshAround(changed);
}

/** Changes an incident: at once on the screen, undone where the API can, explained when someone else was first. */
export function useIncidentChange(): (change: IncidentChange) => Promise<boolean> {
  const reversible = useChange<IncidentChange, Incident>({
    ...common,
    undo: async (changed, { undo }) => {
      if (undo) settled(await inTurn(changed, undo));
    },
  });
  const lasting = useChange<IncidentChange, Incident>(common);
  return (change) => (change.undo ? reversible : lasting).change(change);
}
