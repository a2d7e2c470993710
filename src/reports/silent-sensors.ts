import { asc, isNotNull, sql } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { sensors } from '../sensors/table.ts';

/** So many are named. */
export const MAX_SILENT = 100;

/** The statement for the sensors that are silent, the longest first. One scan of the sensors, which are few. Unexecuted. */
export function selectSilentSensors(db: Db) {
  const { id, name, silentSince } = sensors;
  return db
    .select({ id, name, since: sql<Date>`${silentSince}`.mapWith(silentSince).as('since') })
    .from(sensors)
    .where(isNotNull(silentSince))
    .orderBy(asc(silentSince), asc(id))
    .limit(MAX_SILENT);
}
