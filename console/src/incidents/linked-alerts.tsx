import { Link } from '@tanstack/react-router';
import { BellOff, Link2, Unlink } from 'lucide-react';
import { useState } from 'react';
import type { Schemas } from '../api/schema.ts';
import { EndlessFoot } from '../kit/endless-foot.tsx';
import { SeverityBadge } from '../kit/severity-badge.tsx';
import { StatusBadge } from '../kit/status-badge.tsx';
import { useActions } from '../kit/use-actions.ts';
import { useCursorList } from '../kit/use-cursor-list.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { LinkAlertsDialog } from './link-alerts-dialog.tsx';
import { linkedAlertsKey, loadLinkedAlerts } from './linked-alert-queries.ts';
import { useAlertLinks } from './use-alert-links.ts';

/** The alerts of an incident. `l` links more. */
export function LinkedAlerts({ id }: { id: number }) {
  const [isLinking, setIsLinking] = useState(false);
  const { unlink } = useAlertLinks(id);
  const found = useCursorList<Schemas['Alert']>({
    queryKey: linkedAlertsKey(id),
    load: (cursor, signal) => loadLinkedAlerts(id, { cursor, signal }),
  });
  useActions('Alerts of the incident', [{ label: 'Link alerts', keys: 'l', run: () => setIsLinking(true) }]);
  const linkButton = (
    <Button size="small" onClick={() => setIsLinking(true)}>
      <Link2 aria-hidden className="size-4" />
      Link alerts
    </Button>
  );
  return (
    <div className="space-y-3">
      {found.isSuccess && found.rows.length === 0 ? (
        <EmptyState icon={BellOff} title="No alerts are linked" text="Link those that belong to this problem.">
          {linkButton}
        </EmptyState>
      ) : (
        linkButton
      )}
      <ul className="divide-y divide-line">
        {found.rows.map((alert) => (
          <li key={alert.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
            <SeverityBadge severity={alert.severity} />
            <Link
              to="/alerts/$id"
              params={{ id: String(alert.id) }}
              className="min-w-0 flex-1 basis-40 truncate hover:underline"
            >
              <span className="text-muted tabular-nums">#{alert.id}</span>{' '}
              <span className="font-medium">{alert.event.event_type}</span> {alert.event.description}
            </Link>
            <StatusBadge status={alert.status} />
            <Button
              look="quiet"
              size="icon"
              aria-label={`Unlink alert ${alert.id}`}
              title="Unlink"
              onClick={() => void unlink(alert)}
            >
              <Unlink aria-hidden className="size-4" />
            </Button>
          </li>
        ))}
      </ul>
      <EndlessFoot list={found} />
      {isLinking && <LinkAlertsDialog id={id} onClose={() => setIsLinking(false)} />}
    </div>
  );
}
