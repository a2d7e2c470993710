import { env } from 'cloudflare:workers';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { noteOrigin } from '../../src/sensors/note-origin.ts';
import { call, expectStatus } from '../support/client.ts';
import { countedDb } from '../support/counted-db.ts';
import { alertOf, SCAN } from '../support/events.ts';
import { dbFailingAt } from '../support/evidence.ts';
import { signedIn } from '../support/people.ts';
import { addedSensor, contextAt } from '../support/sensors.ts';
import { callWith, deliver, raise, silentQueue } from '../support/worker.ts';

const BERLIN = { asn: 64496, country: 'DE', continent: 'EU', colo: 'FRA' } as const;
const HAMBURG = { ...BERLIN, asn: 64500, colo: 'HAM' } as const;
const ASHBURN = { asn: 64498, country: 'US', continent: 'NA', colo: 'IAD' } as const;
// What one network has on another continent.
const NEW_YORK = { ...ASHBURN, asn: BERLIN.asn, colo: 'EWR' } as const;
const TOR = { asn: 64511, country: 'T1', colo: 'AMS' } as const;

type Cf = Partial<IncomingRequestCfProperties>;
type Sensor = { id: number; name: string; key: string };

let admin: string;
beforeAll(async () => {
  admin = await signedIn('admin');
  for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(console, level).mockReturnValue();
});
afterEach(() => void vi.useRealTimers());
afterAll(() => void vi.restoreAllMocks());

const MINUTE = 60_000;

const START = Date.now();

/** Sets the clock of the Worker to so many minutes after the start, until something is read. */
const later = (minutes: number) => vi.useFakeTimers({ toFake: ['Date'], now: START + minutes * MINUTE });

const sensor = (fields = {}): Promise<Sensor> => addedSensor(admin, fields);

/** The sensor posts from these places, one after the other; what is done after the answers is done. */
async function posts({ key }: Sensor, ...places: Cf[]) {
  for (const cf of places) await post({ key, cf });
}

type Post = { key: string; cf: Cf; bindings?: Partial<Env>; status?: number };

async function post({ key, cf, bindings = {}, status = 201 }: Post) {
  const options = { token: key, body: SCAN, cf, bindings: { ALERT_QUEUE: silentQueue, ...bindings } };
  return expectStatus(await callWith('POST', '/api/v1/events', options), status);
}

/** What was raised about the origin of a sensor, oldest first. */
async function raisedOf({ name }: Sensor) {
  vi.useRealTimers();
  const query = `source=${name}&event_type=sensor_new_network,sensor_two_continents&sort_order=asc`;
  return (await expectStatus(await call('GET', `/api/v1/events?${query}`, { token: admin }), 200)).data;
}

const kindsOf = async (of: Sensor) => (await raisedOf(of)).map(({ event_type }: { event_type: string }) => event_type);

async function placesOf({ id }: Sensor) {
  vi.useRealTimers();
  return (await expectStatus(await call('GET', `/api/v1/sensors/${id}/origins`, { token: admin }), 200)).data;
}

/** As if it was seen everywhere so many minutes earlier. */
async function ago({ id }: Sensor, minutes: number) {
  const back = 'UPDATE sensor_origins SET last_seen_at = last_seen_at - ?1, first_seen_at = first_seen_at - ?1';
  await env.DB.prepare(`${back} WHERE sensor_id = ?2`)
    .bind(minutes * MINUTE, id)
    .run();
}

describe('where a sensor posts from', () => {
  it('is kept, the last place first, and its events have the three fields that they always had', async () => {
    const mine = await sensor();
    const { origin } = await post({ key: mine.key, cf: BERLIN });
    expect(origin).toEqual({ country: 'DE', asn: 64496, colo: 'FRA' });
    await ago(mine, 90);
    await posts(mine, ASHBURN, TOR);
    const [last, , first] = await placesOf(mine);
    expect(await placesOf(mine)).toMatchObject([
      { asn: 64511, continent: null, country: 'T1' },
      { asn: 64498, continent: 'NA', country: 'US' },
      { asn: 64496, continent: 'EU', country: 'DE' },
    ]);
    expect(last.first_seen_at).toBe(last.last_seen_at);
    expect(Date.parse(last.last_seen_at) - Date.parse(first.last_seen_at)).toBeGreaterThanOrEqual(90 * MINUTE);
    await expectStatus(await call('GET', '/api/v1/sensors/999999/origins', { token: admin }), 404);
  });

  it('is nowhere when Cloudflare does not say, and nobody else is noted', async () => {
    const mine = await sensor();
    await posts(mine, {}, { country: 'DE' });
    expect(await placesOf(mine)).toEqual([]);
    const before = await env.DB.prepare('SELECT count(*) AS n FROM sensor_origins').first('n');
    const options = { token: admin, cf: ASHBURN, bindings: {} };
    await expectStatus(await callWith('GET', '/api/v1/events', options), 200);
    expect(await env.DB.prepare('SELECT count(*) AS n FROM sensor_origins').first('n')).toBe(before);
  });

  it('counts for whatever the key is used, a refused request, too', async () => {
    const mine = await sensor();
    await posts(mine, BERLIN);
    const refused = await callWith('GET', '/api/v1/users', { token: mine.key, cf: ASHBURN, bindings: {} });
    await expectStatus(refused, 403);
    expect(await kindsOf(mine)).toEqual(['sensor_new_network', 'sensor_two_continents']);
  });
});

describe('a network that a sensor was never seen in', () => {
  it('is learnt silently when it is the first', async () => {
    const mine = await sensor();
    await posts(mine, BERLIN, BERLIN);
    expect(await raisedOf(mine)).toEqual([]);
    expect(await placesOf(mine)).toHaveLength(1);
  });

  it('raises one alert, which says where it was and where before', async () => {
    const mine = await sensor();
    await posts(mine, BERLIN, HAMBURG, HAMBURG, BERLIN);
    const [event, ...more] = await raisedOf(mine);
    expect(more).toEqual([]);
    const [, before] = await placesOf(mine);
    expect(event).toMatchObject({
      ...{ source: mine.name, event_type: 'sensor_new_network', severity: 'high', sensor_id: null },
      description: `The key of ${mine.name} was used from AS64500 (DE, EU), a network in which it was never seen.`,
      attributes: {
        sensor_id: mine.id,
        now: { asn: 64500, continent: 'EU', country: 'DE', colo: 'HAM' },
        before: [{ asn: 64496, continent: 'EU', country: 'DE', last_seen_at: before.last_seen_at }],
      },
      ...{ dedup_key: `sensor_new_network:${mine.id}`, origin: { country: 'DE', asn: 64500, colo: 'HAM' } },
    });
    await deliver([raise(event.id)]);
    expect(await alertOf(admin, event.id)).toMatchObject({ severity: 'high', status: 'open', event_count: 1 });
  });

  it('joins the alert that is open about its sensor, and another sensor has one of its own', async () => {
    const [mine, yours] = [await sensor(), await sensor()];
    await posts(mine, BERLIN, HAMBURG, { ...HAMBURG, asn: 64501 });
    await posts(yours, BERLIN, HAMBURG);
    const events = [...(await raisedOf(mine)), ...(await raisedOf(yours))];
    await deliver([raise(...events.map(({ id }) => id))]);
    const [one, two, theirs] = await Promise.all(events.map(({ id }) => alertOf(admin, id)));
    expect(one).toMatchObject({ event_count: 2 });
    expect(two.id).toBe(one.id);
    expect(theirs).toMatchObject({ event_count: 1 });
    expect(theirs.id).not.toBe(one.id);
  });

  it('is raised once, though the first to see it died before it was learnt', async () => {
    const mine = await sensor();
    await posts(mine, BERLIN);
    const dying = dbFailingAt(/insert into "sensor_origins"/i);
    await post({ key: mine.key, cf: HAMBURG, bindings: { DB: dying } });
    expect(await kindsOf(mine)).toEqual(['sensor_new_network']);
    expect(await placesOf(mine)).toHaveLength(1);
    later(1);
    await posts(mine, HAMBURG);
    expect(await kindsOf(mine)).toEqual(['sensor_new_network']);
    expect(await placesOf(mine)).toHaveLength(2);
  });
});

describe('two continents', () => {
  it('within an hour raise an alert, whichever way, and the same again only an hour later', async () => {
    const mine = await sensor();
    // Both places are known, and long ago.
    await posts(mine, BERLIN, NEW_YORK);
    await env.DB.prepare('DELETE FROM events WHERE source = ?').bind(mine.name).run();
    await ago(mine, 600);
    later(70);
    await posts(mine, NEW_YORK, NEW_YORK, BERLIN, BERLIN, NEW_YORK);
    const [event, ...more] = await raisedOf(mine);
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      event_type: 'sensor_two_continents',
      description: `The key of ${mine.name} was used from AS64496 (DE, EU) within an hour of AS64496 (US, NA).`,
      attributes: { now: { continent: 'EU', colo: 'FRA' }, before: [{ continent: 'NA', country: 'US' }] },
      dedup_key: `sensor_two_continents:${mine.id}`,
    });
    later(135);
    await posts(mine, BERLIN, NEW_YORK);
    expect(await kindsOf(mine)).toEqual(['sensor_two_continents', 'sensor_two_continents']);
  });

  it('with more than an hour between them raise nothing', async () => {
    const mine = await sensor();
    await posts(mine, BERLIN);
    await ago(mine, 61);
    await posts(mine, NEW_YORK);
    expect(await raisedOf(mine)).toEqual([]);
  });

  it('are not told apart from one that Cloudflare does not know', async () => {
    const mine = await sensor();
    await posts(mine, BERLIN, { ...TOR, asn: BERLIN.asn });
    expect(await raisedOf(mine)).toEqual([]);
  });
});

describe('a sensor that may post from anywhere', () => {
  it('raises nothing and has its places kept, so that none is new when it is watched again', async () => {
    const mine = await sensor({ watch_origin: false });
    expect(mine).toMatchObject({ watch_origin: false });
    await posts(mine, BERLIN, ASHBURN);
    expect(await raisedOf(mine)).toEqual([]);
    expect(await placesOf(mine)).toHaveLength(2);
    const body = { watch_origin: true };
    const changed = await expectStatus(await call('PATCH', `/api/v1/sensors/${mine.id}`, { token: admin, body }), 200);
    expect(changed).toMatchObject({ watch_origin: true });
    await ago(mine, 120);
    later(61);
    await posts(mine, ASHBURN, { ...ASHBURN, asn: 64502 });
    expect(await kindsOf(mine)).toEqual(['sensor_new_network']);
  });
});

describe('it costs', () => {
  it('nothing beyond the event for 1,000 posts from one place', async () => {
    const mine = await sensor();
    await posts(mine, BERLIN);
    const { db, cost, reset } = countedDb(env.DB);
    await post({ key: mine.key, cf: BERLIN, bindings: { DB: db } });
    expect(cost).toMatchObject({ calls: 1, statements: 1, rowsWritten: 1 });
    reset();
    const { ctx, settled } = contextAt({ role: 'sensor', sensorId: mine.id }, { db });
    for (let n = 0; n < 1_000; n++) noteOrigin({ ...ctx, origin: BERLIN, continent: BERLIN.continent });
    await settled();
    expect(cost).toMatchObject({ calls: 0 });
  });

  it('a look and a row for a new place or an hour later, and a look where another isolate wrote', async () => {
    const mine = await sensor();
    const { db, cost, reset } = countedDb(env.DB);
    const bindings = { DB: db };
    await post({ key: mine.key, cf: BERLIN });
    await post({ key: mine.key, cf: HAMBURG });
    later(59);
    await post({ key: mine.key, cf: BERLIN });
    reset();
    await post({ key: mine.key, cf: BERLIN, bindings });
    expect(cost).toMatchObject({ calls: 1, rowsWritten: 1 });
    later(61);
    reset();
    await post({ key: mine.key, cf: BERLIN, bindings });
    // Its key again and its counters, the event, then the places, the sensor, and the place.
    expect(cost).toMatchObject({ calls: 6, rowsWritten: 3 });
    later(122);
    await env.DB.prepare('UPDATE sensor_origins SET last_seen_at = ?').bind(Date.now()).run();
    reset();
    await post({ key: mine.key, cf: BERLIN, bindings });
    expect(cost).toMatchObject({ calls: 4, rowsWritten: 2 });
  });
});
