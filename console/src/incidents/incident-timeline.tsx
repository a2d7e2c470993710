import { answerOf, client } from '../api/client.ts';
import type { Schemas } from '../api/schema.ts';
import { EndlessFoot } from '../kit/endless-foot.tsx';
import { useCursorList } from '../kit/use-cursor-list.ts';
import { TimelineEntry } from './timeline-entry.tsx';

const PAGE_ROWS = 50;

/** Everything that happened to an incident, newest first, as far back as someone scrolls. */
export function IncidentTimeline({ id }: { id: number }) {
  const found = useCursorList<Schemas['TimelineEntry']>({
    queryKey: ['incident', id, 'timeline'],
    load: (cursor, signal) => {
      const query = { sort_order: 'desc' as const, limit: PAGE_ROWS, cursor };
      return answerOf(client.GET('/incidents/{id}/timeline', { params: { path: { id }, query }, signal }));
    },
  });
  return (
    <>
      <ol className="space-y-4">
        {found.rows.map((entry) => (
          <TimelineEntry key={entry.id} entry={entry} />
        ))}
      </ol>
      <EndlessFoot list={found} />
    </>
  );
}
