import type { z } from '@hono/zod-openapi';
import type { Call } from '../core/context.ts';
import { type FieldError, ValidationError } from '../core/errors.ts';
import { fieldErrors } from '../http/router.ts';
import { authorize } from '../identity/permissions.ts';
import { noteActivity } from '../sensors/sensor-activity.ts';
import { type batchResult, MAX_BATCH_EVENTS, type NewEvent, newEvent } from './contract.ts';
import { ingestEvents } from './ingest-events.ts';
import { plainEvent } from './plain-event.ts';
import type { BatchItem } from './read-batch.ts';

type Rejected = { index: number; errors: FieldError[] };

/** Stores the good events of a batch in one statement and says of each other one what is wrong with it. */
export async function ingestBatch({ ctx, input }: Call<BatchItem[]>): Promise<z.output<typeof batchResult>> {
  authorize(ctx.actor, 'event.post');
  if (input.length === 0) throw new ValidationError([{ pointer: '#', detail: 'must hold at least one event' }]);
  if (input.length > MAX_BATCH_EVENTS) {
    const detail = `a batch holds at most ${MAX_BATCH_EVENTS} events`;
    throw new ValidationError([{ pointer: `#/${MAX_BATCH_EVENTS}`, detail }]);
  }
  const { good, rejected } = sort(input);
  const ids = good.length > 0 ? await ingestEvents({ ctx, input: good }) : [];
  const counts = { accepted: ids.length, duplicates: good.length - ids.length };
  noteActivity(ctx, { ...counts, rejected: rejected.length });
  if (good.length === 0) throw new ValidationError(atTheirIndexes(rejected));
  return { ...counts, rejected };
}

function sort(items: BatchItem[]): { good: NewEvent[]; rejected: Rejected[] } {
  const good: NewEvent[] = [];
  const rejected: Rejected[] = [];
  items.forEach((item) => {
    const { index } = item;
    if ('broken' in item) {
      rejected.push({ index, errors: [{ pointer: '#', detail: item.broken }] });
      return;
    }
    const plain = plainEvent(item.value);
    const parsed = plain ? { success: true as const, data: plain } : newEvent.safeParse(item.value);
    if (parsed.success) good.push(parsed.data);
    else rejected.push({ index, errors: fieldErrors('json', parsed.error.issues) });
  });
  return { good, rejected };
}

/** Pointers into the whole body: `#/severity` of item 3 is `#/3/severity`. The first hundred faults say enough. */
function atTheirIndexes(rejected: Rejected[]): FieldError[] {
  return rejected
    .flatMap(({ index, errors }) =>
      errors.map(({ pointer, detail }) => ({ pointer: pointer.replace('#', `#/${index}`), detail })),
    )
    .slice(0, 100);
}
