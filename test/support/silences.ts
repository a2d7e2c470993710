import { call, expectStatus } from './client.ts';

type Fields = Record<string, unknown>;

const HOUR = 3_600_000;

/** A time at so many hours from now. */
export const inHours = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();

/** Matchers for what comes from this source. */
export const from = (source: string) => [{ field: 'source', op: 'eq', value: source }];

/** A silence of an hour from now, added by the API. */
export async function silenceOf(token: string, fields: Fields = {}) {
  const body = { reason: 'Upgrade', matchers: from('quiet'), ends_at: inHours(1), ...fields };
  return expectStatus(await call('POST', '/api/v1/silences', { token, body }), 201);
}

/** What a daily window in UTC says whose first occurrence is in so many hours. */
export function windowIn(hours: number, fields: Fields = {}): Fields {
  return {
    ...{ reason: 'Patch night', matchers: from('patched'), rrule: 'FREQ=DAILY;COUNT=5', time_zone: 'UTC' },
    ...{ starts_at: inHours(hours), duration_seconds: 3_600, ...fields },
  };
}

/** A window, added by the API. */
export async function windowOf(token: string, fields: Fields) {
  return expectStatus(await call('POST', '/api/v1/maintenance-windows', { token, body: fields }), 201);
}

/** The silences that were planned of a window, in order. */
export async function plannedOf(token: string, windowId: number) {
  const path = `/api/v1/silences?window=${windowId}&limit=100`;
  const { data } = await expectStatus(await call('GET', path, { token }), 200);
  return data.sort((a: Fields, b: Fields) => String(a.starts_at).localeCompare(String(b.starts_at)));
}

/** The next Sunday at this time, as a clock shows it. */
export function nextSunday(time: string): string {
  const days = 7 - new Date().getUTCDay();
  return `${inHours(days * 24).slice(0, 10)}T${time}`;
}
