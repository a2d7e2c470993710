import { beforeAll, describe, expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { SCAN, storedEvents } from '../support/events.ts';
import { gzip, ndjson } from '../support/packing.ts';
import { signedIn } from '../support/people.ts';

let admin: string;
beforeAll(async () => {
  admin = await signedIn('admin');
});

const send = (body: unknown, headers: Record<string, string> = {}) =>
  call('POST', '/api/v1/events/batch', { token: admin, body, headers });

const NDJSON = { 'Content-Type': 'application/x-ndjson' };
const GZIP = { 'Content-Encoding': 'gzip' };

const scans = (count: number, fields: object = {}) =>
  Array.from({ length: count }, (_, index) => ({ ...SCAN, description: `scan ${index}`, ...fields }));

/** The result of a batch that was taken. */
async function taken(response: Response) {
  return expectStatus(response, 200);
}

describe('a batch', () => {
  it('is a JSON array and is stored whole, in order', async () => {
    const result = await taken(await send(scans(3, { source: 'ordered' })));
    expect(result).toMatchObject({ accepted: 3, duplicates: 0, rejected: [] });
    const path = '/api/v1/events?source=ordered&sort_order=asc';
    const { data } = await expectStatus(await call('GET', path, { token: admin }), 200);
    expect(data.map((event: { description: string }) => event.description)).toEqual(['scan 0', 'scan 1', 'scan 2']);
  });

  it('takes 1,000 events', async () => {
    const before = await storedEvents();
    expect(await taken(await send(scans(1_000)))).toMatchObject({ accepted: 1_000, rejected: [] });
    expect(await storedEvents()).toBe(before + 1_000);
  });

  it('is NDJSON, and a bad line spoils only itself', async () => {
    const lines = [
      JSON.stringify({ ...SCAN, source: 'lines' }),
      '{"source": "broken',
      JSON.stringify({ ...SCAN, source: 'lines', severity: 'none' }),
      JSON.stringify({ source_name: 'lines', event_type: 'scan', severity: 'HIGH' }),
      '[]',
    ];
    const before = await storedEvents();
    const result = await taken(await send(`${lines.join('\r\n')}\r\n`, NDJSON));
    expect(result).toMatchObject({ accepted: 2, duplicates: 0 });
    expect(result.rejected.map((item: { index: number }) => item.index)).toEqual([1, 2, 4]);
    expect(result.rejected[0].errors).toEqual([{ pointer: '#', detail: 'must be valid JSON' }]);
    expect(result.rejected[1].errors).toEqual([{ pointer: '#/severity', detail: expect.any(String) }]);
    expect(await storedEvents()).toBe(before + 2);
  });

  it('names a bad line of NDJSON by its number, empty lines counted', async () => {
    const good = JSON.stringify(SCAN);
    const result = await taken(await send(`${good}\n\n${good}\nbroken\n`, NDJSON));
    expect(result.accepted).toBe(2);
    expect(result.rejected.map((item: { index: number }) => item.index)).toEqual([3]);
  });

  it('may have bad items among the good of an array, named by index and field', async () => {
    const result = await taken(await send([SCAN, { ...SCAN, colour: 'red', source: 5 }, SCAN, 'text', null]));
    expect(result.accepted).toBe(2);
    const pointers = result.rejected.map(({ index, errors }: { index: number; errors: { pointer: string }[] }) => [
      index,
      ...errors.map((error) => error.pointer),
    ]);
    expect(pointers).toEqual([
      [1, '#/source', '#/colour'],
      [3, '#'],
      [4, '#'],
    ]);
  });

  it('may be packed with gzip, as JSON and as NDJSON', async () => {
    expect(await taken(await send(await gzip(JSON.stringify(scans(5))), GZIP))).toMatchObject({ accepted: 5 });
    expect(await taken(await send(await gzip(ndjson(scans(7))), { ...GZIP, ...NDJSON }))).toMatchObject({
      accepted: 7,
    });
  });

  it('counts what was stored before, in itself and in earlier ones, as duplicates', async () => {
    const events = ['d-1', 'd-2', 'd-1'].map((external_id) => ({ ...SCAN, external_id }));
    const before = await storedEvents();
    expect(await taken(await send(events))).toMatchObject({ accepted: 2, duplicates: 1, rejected: [] });
    expect(await taken(await send([...events, { ...SCAN, external_id: 'd-3' }]))).toMatchObject({
      accepted: 1,
      duplicates: 3,
    });
    expect(await taken(await send(events))).toMatchObject({ accepted: 0, duplicates: 3, rejected: [] });
    expect(await storedEvents()).toBe(before + 3);
  });

  it('that two send at once is stored once', async () => {
    const events = Array.from({ length: 50 }, (_, index) => ({ ...SCAN, external_id: `once-${index}` }));
    const before = await storedEvents();
    const results = await Promise.all([1, 2, 3, 4].map(async () => expectStatus(await send(events), 200)));
    expect(results.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(50);
    expect(await storedEvents()).toBe(before + 50);
  });

  it('may be posted by a sensor, whose id its events carry', async () => {
    const add = await call('POST', '/api/v1/sensors', { token: admin, body: { name: 'batcher' } });
    const sensor = await expectStatus(add, 201);
    const body = [{ ...SCAN, source: 'from-batcher' }];
    await expectStatus(await call('POST', '/api/v1/events/batch', { token: sensor.key, body }), 200);
    const found = await call('GET', '/api/v1/events?source=from-batcher', { token: admin });
    expect((await expectStatus(found, 200)).data[0].sensor_id).toBe(sensor.id);
  });
});
