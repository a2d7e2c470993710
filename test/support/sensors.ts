import { env } from 'cloudflare:workers';
import type { Actor } from '../../src/core/actor.ts';
import type { Context } from '../../src/core/context.ts';
import { settingsOf } from '../../src/core/settings.ts';
import { database } from '../../src/db/client.ts';
import { call, expectStatus } from './client.ts';
import { SCAN } from './events.ts';

/** A sensor with its key, added by the API. */
export async function addedSensor(admin: string, fields: Record<string, unknown> = {}) {
  const body = { name: `fw-${crypto.randomUUID()}`, ...fields };
  return expectStatus(await call('POST', '/api/v1/sensors', { token: admin, body }), 201);
}

/** A sensor as the API shows it. */
export async function shownSensor(admin: string, id: number) {
  return expectStatus(await call('GET', `/api/v1/sensors/${id}`, { token: admin }), 200);
}

/** The status that an event posted with this key gets. */
export async function postStatus(key: string): Promise<number> {
  return (await call('POST', '/api/v1/events', { token: key, body: SCAN })).status;
}

/** A context at a time; what its operations leave for later is done when `settled` is awaited. */
export function contextAt(actor: Actor, { now = new Date(), db = env.DB }: { now?: Date; db?: D1Database } = {}) {
  const left: Promise<unknown>[] = [];
  const ctx: Context = {
    db: database(db),
    actor,
    clock: () => now,
    settings: settingsOf(env),
    requestId: crypto.randomUUID(),
    ip: null,
    origin: { country: null, asn: null, colo: null },
    continent: null,
    enqueue: () => {},
    evidence: env.EVIDENCE,
    assets: env.ASSETS,
    email: undefined,
    later: (_, work) => left.push(work().catch(() => {})),
  };
  return { ctx, settled: () => Promise.all(left) };
}
