import { and, eq, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Call } from '../core/context.ts';
import { columnsOf } from '../db/columns.ts';
import { type Page, readPage } from '../db/page.ts';
import { scanOf } from '../db/seek.ts';
import { rowsById } from '../db/sorted-rows.ts';
import { authorize } from '../identity/permissions.ts';
import type { Sensor, SensorQuery } from './contract.ts';
import { sensors } from './table.ts';

const scanned = alias(sensors, 'scanned');
const columns = columnsOf(scanned);

/** A page of sensors, newest first unless asked otherwise, revoked ones included. */
export async function listSensors({ ctx, input }: Call<SensorQuery>): Promise<Page<Sensor>> {
  authorize(ctx.actor, 'sensor.manage');
  const scan = await scanOf(ctx.db, { table: sensors, time: sensors.createdAt, query: input });
  return readPage<Sensor>(input, rowsById(ctx.db, { table: sensors, ...scan, tests: tests(input), columns }));
}

function tests({ enabled, search }: SensorQuery): SQL | undefined {
  return and(
    enabled === undefined ? undefined : eq(scanned.enabled, enabled),
    search ? sql`instr(lower(${scanned.name}), lower(${search})) > 0` : undefined,
  );
}
