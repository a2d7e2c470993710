import { type Alert, VERDICTS } from './alert-values.ts';

/** What somebody else made of an alert since we looked at it, as sentences. */
export function explainDifference(before: Alert, now: Alert): string {
  const parts = [
    now.status !== before.status && statusSentence(now),
    now.assignee !== before.assignee && `It is assigned to ${now.assignee ?? 'nobody'} now.`,
    now.severity !== before.severity && `It is ${now.severity} now.`,
    now.incident_id !== before.incident_id &&
      (now.incident_id ? `It is part of incident ${now.incident_id} now.` : 'It is part of no incident now.'),
  ].filter(Boolean);
  const what = parts.length > 0 ? parts.join(' ') : `It is ${now.status}, and was looked at again.`;
  return `Alert ${now.id}: ${what} Nothing was changed by you.`;
}

/** Whether a person changed what others decide by. Further events of the alert are not that. */
export function isDecidedAnew(before: Alert, now: Alert): boolean {
  const fields = ['status', 'assignee', 'severity', 'verdict', 'incident_id'] as const;
  return fields.some((field) => before[field] !== now[field]);
}

function statusSentence({ status, verdict, ...alert }: Alert): string {
  if (status === 'open') return 'It was reopened.';
  const by = (status === 'resolved' ? alert.resolved_by : alert.acknowledged_by) ?? 'the system';
  const outcome = status === 'resolved' && verdict ? ` as ${VERDICTS[verdict].label.toLowerCase()}` : '';
  return `It was ${status} by ${by}${outcome}.`;
}
