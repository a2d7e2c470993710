import type { Context } from '../core/context.ts';
import type { JsonObject } from '../core/json.ts';
import { pageUrl } from './page-url.ts';

type Sample = { kind: 'alert.raised' | 'test'; description: string };

/** What a notification of an alert knows, for tests and previews. No alert has this id. */
export function samplePayload(ctx: Context, { kind, description }: Sample): JsonObject {
  const at = ctx.clock().toISOString();
  return {
    ...{ kind, at, url: pageUrl(ctx.settings, 'alerts') },
    alert: {
      ...{ id: 0, severity: 'high', status: 'open', verdict: null, source: 'sensor-1', event_type: 'scan' },
      ...{ description, dedup_key: null, event_count: 1, first_seen: at, last_seen: at },
      ...{ assignee: null, acknowledged_by: null, resolved_by: null },
    },
  };
}
