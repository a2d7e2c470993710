import { eq, sql } from 'drizzle-orm';
import { HOUR_MS } from '../core/clock.ts';
import type { Context } from '../core/context.ts';
import type { Db } from '../db/client.ts';
import { ingestEvents } from '../events/ingest-events.ts';
import type { SensorOrigin } from './contract.ts';
import { type Place, strangeEvents } from './strange-origin.ts';
import { sensorOrigins, sensors } from './table.ts';

const RETRY_MS = 5_000;
const MAX_NOTED = 10_000;

/** When this isolate looks again at a place of a sensor. */
const noted = new Map<string, number>();

/**
 * Keeps where a sensor's key is used from, and raises what is strange about it, after the answer: one look into the
 * database per place, isolate and hour. Does nothing for other actors, and where Cloudflare does not say.
 */
export function noteOrigin(ctx: Context): void {
  const { actor, origin } = ctx;
  if (actor.role !== 'sensor' || origin.asn === null) return;
  const { sensorId } = actor;
  const seenAt = ctx.clock();
  const place = { ...origin, asn: origin.asn, continent: ctx.continent ?? '', seenAt };
  const key = `${sensorId} ${place.asn} ${place.continent}`;
  if (seenAt.getTime() < (noted.get(key) ?? 0)) return;
  if (noted.size >= MAX_NOTED) noted.clear();
  // Whoever posts meanwhile has nothing to do.
  noted.set(key, seenAt.getTime() + HOUR_MS);
  ctx.later('note sensor origin', async () => {
    const again = await learnPlace(ctx, { sensorId, place }).catch((error) => {
      noted.set(key, seenAt.getTime() + RETRY_MS);
      throw error;
    });
    noted.set(key, again);
  });
}

type Sighting = { sensorId: number; place: Place };

/** Writes a place down unless that was done within the hour; when to look at it again. */
async function learnPlace(ctx: Context, { sensorId, place }: Sighting): Promise<number> {
  const known = await ctx.db.select().from(sensorOrigins).where(eq(sensorOrigins.sensorId, sensorId));
  const own = known.find(({ asn, continent }) => asn === place.asn && continent === place.continent);
  const due = (own?.lastSeenAt.getTime() ?? 0) + HOUR_MS;
  if (place.seenAt.getTime() < due) return due;
  await raiseStrange(ctx, { sensorId, place, known });
  await writePlace(ctx.db, { sensorId, place });
  return place.seenAt.getTime() + HOUR_MS;
}

/**
 * Posts an event for what is strange about a place, before the place is known: dying in between, it is done again, and
 * the event's external_id stores it once. It is the system that says so, of the request that used the key.
 */
async function raiseStrange(ctx: Context, { sensorId, place, known }: Sighting & { known: SensorOrigin[] }) {
  if (known.length === 0) return;
  const [sensor] = await ctx.db.select().from(sensors).where(eq(sensors.id, sensorId));
  const strange = sensor?.watchOrigin ? strangeEvents({ sensor, place, known }) : [];
  if (strange.length === 0) return;
  await ingestEvents({ ctx: { ...ctx, actor: { role: 'system', name: 'watch' } }, input: strange });
}

/** It writes no audit row, as it repeats what the event rows say (docs/decisions/0007, 0010). */
function writePlace(db: Db, { sensorId, place: { asn, continent, country, seenAt } }: Sighting) {
  return db
    .insert(sensorOrigins)
    .values({ sensorId, asn, continent, country, firstSeenAt: seenAt, lastSeenAt: seenAt })
    .onConflictDoUpdate({
      target: [sensorOrigins.sensorId, sensorOrigins.asn, sensorOrigins.continent],
      set: { country, lastSeenAt: sql`max(${sensorOrigins.lastSeenAt}, excluded.last_seen_at)` },
    });
}
