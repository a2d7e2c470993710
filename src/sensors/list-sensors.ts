import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Call, Context } from '../core/context.ts';
import { type Page, readPage } from '../db/page.ts';
import { scannedRows } from '../db/scanned-rows.ts';
import { type Scan, scanOf } from '../db/seek.ts';
import { authorize } from '../identity/permissions.ts';
import type { Sensor, SensorQuery } from './contract.ts';
import { sensors } from './table.ts';

/** A page of sensors, newest first unless asked otherwise, revoked ones included. */
export async function listSensors({ ctx, input }: Call<SensorQuery>): Promise<Page<Sensor>> {
  authorize(ctx.actor, 'sensor.manage');
  const scan = await scanOf(ctx.db, { table: sensors, time: sensors.createdAt, query: input });
  return readPage<Sensor>(
    input,
    scannedRows(ctx.db, {
      scan: (window) => scanSensors(ctx, { scan, window }),
      tests: (scanned) => tests(scanned, input),
    }),
  );
}

/** The first `window` sensors in list order, along the primary key. */
function scanSensors({ db }: Context, { scan, window }: { scan: Scan; window: number }) {
  return db.select().from(sensors).where(scan.bounds).orderBy(scan.order).limit(window).as('scanned');
}

type Scanned = ReturnType<typeof scanSensors>;

function tests(scanned: Scanned, { enabled, search }: SensorQuery): SQL | undefined {
  return and(
    enabled === undefined ? undefined : eq(scanned.enabled, enabled),
    search ? sql`instr(lower(${scanned.name}), lower(${search})) > 0` : undefined,
  );
}
