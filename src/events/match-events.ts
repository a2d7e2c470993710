import { and, eq, gte, isNotNull, isNull, lte, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { alerts } from '../alerts/table.ts';
import type { Db } from '../db/client.ts';
import { inList, notInList } from '../db/in-list.ts';
import { scanOf } from '../db/seek.ts';
import { firstOf, rowsOf } from '../db/sorted-rows.ts';
import { containsText } from './contains-text.ts';
import type { EventQuery } from './contract.ts';
import { events } from './table.ts';

/** The events that were found along an index, to be tested one by one. */
export const scanned = alias(events, 'scanned');

type Matching = { scan: (window: number) => SQL; tests: SQL | undefined };

/**
 * The events that these filters ask for: `scan` reads the first so many along an index, in list order, and `tests` says
 * which of them match, when not all do. One query when a time is given, none otherwise.
 */
export async function matchEvents(db: Db, query: EventQuery): Promise<Matching> {
  const { bounds, order } = await scanOf(db, { table: events, time: events.timestamp, query });
  const selects = streamsFor(query).map((stream) => rowsOf(events, and(stream, bounds)));
  return { scan: (window) => firstOf({ selects, order, window }), tests: tests(query) };
}

/**
 * The conditions that an index serves, each a stream in id order: the events that an alert gathered by their key, and the
 * one without a key that raised it; or those that a silence suppressed. Else all events, along the primary key.
 */
function streamsFor({ alert, silence }: EventQuery): (SQL | undefined)[] {
  const { id, alertId, dedupKey, silenceId } = events;
  const ofSilence = silence ? and(eq(silenceId, silence), isNotNull(silenceId)) : undefined;
  if (!alert) return [ofSilence];
  const gathered = and(eq(alertId, alert), isNotNull(alertId), isNotNull(dedupKey));
  const raisedBy = sql`(SELECT ${alerts.eventId} FROM ${alerts} WHERE ${eq(alerts.id, alert)})`;
  // What a silence suppressed has no alert.
  return [gathered, and(eq(id, raisedBy), isNull(dedupKey))].map((stream) => and(stream, ofSilence));
}

/** What no index answers: tested row by row within the window. */
function tests(query: EventQuery): SQL | undefined {
  const source = query.source ?? query.source_name;
  return and(
    query.severity && inList(scanned.severity, query.severity),
    query.not_severity && notInList(scanned.severity, query.not_severity),
    source ? eq(scanned.source, source) : undefined,
    query.not_source && notInList(scanned.source, query.not_source),
    query.event_type && inList(scanned.eventType, query.event_type),
    query.not_event_type && notInList(scanned.eventType, query.not_event_type),
    query.from && gte(scanned.timestamp, query.from),
    query.to && lte(scanned.timestamp, query.to),
    query.dedup_key ? eq(scanned.dedupKey, query.dedup_key) : undefined,
    query.search ? containsText(scanned, query.search) : undefined,
  );
}
