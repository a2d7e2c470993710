import type { JsonObject } from '../core/json.ts';
import type { Severity } from '../core/severity.ts';
import { fitText } from './fit-text.ts';
import { textOf } from './template.ts';
import type { Told } from './told.ts';

// developer.pagerduty.com/docs/send-alert-event: characters of a summary; the key of an alert may have 255.
const MAX_SUMMARY = 1_024;
const MAX_SOURCE = 255;
const MAX_DETAILS = 10_000;

const SEVERITIES: Record<Severity, string> = { critical: 'critical', high: 'error', medium: 'warning', low: 'info' };

/** What PagerDuty gets, beside the routing key: an event of its Events API v2. */
export function pagerdutyEvent(told: Told): JsonObject {
  const { kind, subject, payload, severity, url } = told;
  const isReal = kind !== 'test';
  return {
    event_action: actionOf(told),
    // All that is told of an alert is one incident there. A test is one of its own.
    dedup_key: `edgewatch/${subject}`,
    client: 'Edgewatch',
    ...(url === null ? {} : { client_url: url, links: linksTo(url) }),
    payload: {
      ...aboutOf(told),
      severity: isReal && severity ? SEVERITIES[severity] : 'info',
      ...(textOf(payload, 'alert.event_type') ? { class: textOf(payload, 'alert.event_type') } : {}),
    },
  };
}

/** A change event: it is seen beside incidents and calls nobody. */
export function pagerdutyChange(told: Told): JsonObject {
  return { payload: aboutOf(told), links: told.url === null ? [] : linksTo(told.url) };
}

/** The end of a silence is news, which must wake nobody. */
export function isChange({ kind }: Told): boolean {
  return kind === 'silence.ended';
}

/** What comes late of an alert that is resolved by now must not open the incident again. */
function actionOf({ kind, payload }: Told): string {
  if (textOf(payload, 'alert.status') === 'resolved' && kind !== 'alert.reopened') return 'resolve';
  return kind === 'alert.acknowledged' ? 'acknowledge' : 'trigger';
}

function aboutOf({ payload, title, body, facts }: Told): JsonObject {
  const details = facts.map(({ name, value }) => [name, fitText(value, { max: MAX_SUMMARY })]);
  return {
    summary: fitText(title, { max: MAX_SUMMARY }),
    source: fitText(textOf(payload, 'alert.source') || 'Edgewatch', { max: MAX_SOURCE }),
    timestamp: textOf(payload, 'at'),
    custom_details: { ...Object.fromEntries(details), Description: fitText(body, { max: MAX_DETAILS }) },
  };
}

function linksTo(url: string) {
  return [{ href: url, text: 'Open in Edgewatch' }];
}
