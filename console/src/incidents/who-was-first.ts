import { answerOf, client } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import type { Schemas } from '../api/schema.ts';
import { actorName } from '../kit/actor-name.ts';
import { relativeTime } from '../kit/format-time.ts';
import { type Incident, incidentQuery } from './incident-queries.ts';
import { keepIncident } from './keep-incident.ts';
import { changeText } from './timeline-text.ts';

const LOOKED_AT = 20;
const MOST = 3;

/** Reads an incident that someone else changed, shows it as it is now, and says what became of it since we saw it. */
export async function whoWasFirst(seen: Incident): Promise<string> {
  const { id } = seen;
  const [now, { data: entries }] = await Promise.all([
    queryClient.fetchQuery({ ...incidentQuery(id), staleTime: 0 }),
    answerOf(
      client.GET('/incidents/{id}/timeline', {
        params: { path: { id }, query: { sort_order: 'desc', limit: LOOKED_AT } },
      }),
    ),
  ]);
  keepIncident(now);
  const changes = entries.filter(({ timestamp, changes }) => timestamp > seen.updated_at && changes.length > 0);
  const told = changes.slice(0, MOST).map(sentence);
  return [...told, 'Your change was not saved.'].join(' ');
}

function sentence({ actor, timestamp, changes }: Schemas['TimelineEntry']): string {
  return `${actorName(actor)} changed ${changes.map(changeText).join(', ')}, ${relativeTime(timestamp)}.`;
}
