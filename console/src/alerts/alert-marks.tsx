import { Repeat, Siren, TimerOff } from 'lucide-react';
import type { Alert } from './alert-values.ts';

/** What stands out about an alert, by icon and word; in a row by icon alone, with the word for those who hear it. */
export function AlertMarks({ alert, short = false }: { alert: Alert; short?: boolean }) {
  const { flapping, acknowledge_breached, resolve_breached, incident_id } = alert;
  const marks = [
    flapping && { icon: Repeat, text: 'Flapping' },
    (acknowledge_breached || resolve_breached) && { icon: TimerOff, text: 'Target missed' },
    incident_id && short && { icon: Siren, text: `Incident ${incident_id}` },
  ].filter((mark) => !!mark);
  return marks.map(({ icon: Icon, text }) => (
    <span key={text} title={text} className="mr-1.5 inline-flex items-center gap-1 align-text-bottom text-muted">
      <Icon aria-hidden className="size-4 shrink-0" />
      <span className={short ? 'sr-only' : undefined}>{text}</span>
    </span>
  ));
}
