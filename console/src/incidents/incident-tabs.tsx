import { getRouteApi } from '@tanstack/react-router';
import { EvidencePanel } from '../evidence/evidence-panel.tsx';
import { useActions } from '../kit/use-actions.ts';
import { NotesPanel } from '../notes/notes-panel.tsx';
import { classes } from '../ui/classes.ts';
import { INCIDENT_TABS, type IncidentTab } from './incident-search.ts';
import { IncidentTimeline } from './incident-timeline.tsx';
import { LinkedAlerts } from './linked-alerts.tsx';

const route = getRouteApi('/app/incidents/$id');

const NAMES: Record<IncidentTab, string> = {
  notes: 'Notes',
  timeline: 'Timeline',
  evidence: 'Evidence',
  alerts: 'Alerts',
};

/** What belongs to an incident, a part at a time; 1 to 4 change between them. */
export function IncidentTabs({ id }: { id: number }) {
  const { tab = 'notes' } = route.useSearch();
  const navigate = route.useNavigate();
  const show = (shown: IncidentTab) => void navigate({ search: { tab: shown }, replace: true });
  useActions(
    'Parts of the incident',
    INCIDENT_TABS.map((name, index) => ({ label: NAMES[name], keys: String(index + 1), run: () => show(name) })),
  );
  const Part = { notes: NotesPanel, timeline: IncidentTimeline, evidence: EvidencePanel, alerts: LinkedAlerts }[tab];
  return (
    <section aria-label="Parts of the incident" className="p-4">
      <div
        role="tablist"
        aria-label="Parts of the incident"
        className="flex gap-1 overflow-x-auto border-b border-line"
      >
        {INCIDENT_TABS.map((name, index) => (
          <button
            key={name}
            id={`tab-${name}`}
            type="button"
            role="tab"
            aria-selected={tab === name}
            aria-controls="incident-part"
            title={`${NAMES[name]} (${index + 1})`}
            onClick={() => show(name)}
            className={classes(
              '-mb-px h-9 border-b-2 px-3 font-medium',
              tab === name ? 'border-accent' : 'border-transparent text-muted hover:text-text',
            )}
          >
            {NAMES[name]}
          </button>
        ))}
      </div>
      <div role="tabpanel" id="incident-part" aria-labelledby={`tab-${tab}`} className="max-w-4xl pt-4">
        <Part id={id} />
      </div>
    </section>
  );
}
