import type { Schemas } from '../api/schema.ts';

export type Alert = Schemas['Alert'];
export type Verdict = NonNullable<Alert['verdict']>;

export const ALERT_STATUSES = ['open', 'acknowledged', 'resolved'] as const satisfies Alert['status'][];
export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const satisfies Alert['severity'][];

/** What an alert may turn out to be, with the key that says so. */
export const VERDICTS = {
  true_positive: { label: 'True positive', key: 't', says: 'It was an attack, or would have become one.' },
  false_positive: { label: 'False positive', key: 'f', says: 'The sensor was wrong.' },
  benign: { label: 'Benign', key: 'b', says: 'It happened, and it was meant to.' },
} as const satisfies Record<Verdict, { label: string; key: string; says: string }>;

export const VERDICT_NAMES = Object.keys(VERDICTS) as Verdict[];
