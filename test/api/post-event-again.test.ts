import { beforeAll, describe, expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { posted, SCAN, storedEvents } from '../support/events.ts';
import { signedIn } from '../support/people.ts';

let admin: string;
let member: string;
beforeAll(async () => {
  admin = await signedIn('admin');
  member = await signedIn('member');
});

const post = (fields: object, { token = admin, key }: { token?: string; key?: string } = {}) =>
  call('POST', '/api/v1/events', {
    token,
    body: { ...SCAN, ...fields },
    headers: key === undefined ? {} : { 'Idempotency-Key': key },
  });

async function expectReplay(response: Response, id: number) {
  expect(response.headers.get('Idempotency-Replayed')).toBe('true');
  expect(response.headers.get('Location')).toBe(`/api/v1/events/${id}`);
  expect((await expectStatus(response, 201)).id).toBe(id);
}

describe('the same external_id again', () => {
  it('answers the event that was stored first, however often and at once', async () => {
    const first = await posted(admin, { external_id: 'a-1', severity: 'high' });
    const stored = await storedEvents();
    await expectReplay(await post({ external_id: 'a-1', severity: 'high' }), first.id);
    const many = await Promise.all(Array.from({ length: 10 }, () => post({ external_id: 'a-1', description: 'else' })));
    for (const response of many) await expectReplay(response, first.id);
    expect(await storedEvents()).toBe(stored);
  });

  it('stores one event when the first posts of it race', async () => {
    const stored = await storedEvents();
    const answers = await Promise.all(Array.from({ length: 10 }, () => post({ external_id: 'race-1' })));
    const ids = await Promise.all(answers.map(async (response) => (await expectStatus(response, 201)).id));
    expect(new Set(ids).size).toBe(1);
    expect(await storedEvents()).toBe(stored + 1);
  });

  it('is another event when another person posts it, or for another source', async () => {
    const first = await posted(admin, { external_id: 'b-1' });
    const others = [
      await posted(member, { external_id: 'b-1' }),
      await posted(admin, { external_id: 'b-1', source: 'x' }),
    ];
    expect(new Set([first.id, ...others.map(({ id }) => id)]).size).toBe(3);
  });

  it('is another event when a sensor posts it', async () => {
    const add = await call('POST', '/api/v1/sensors', { token: admin, body: { name: 'fw-1' } });
    const { key } = await expectStatus(add, 201);
    const first = await posted(admin, { external_id: 'c-1' });
    expect((await posted(key, { external_id: 'c-1' })).id).not.toBe(first.id);
  });
});

describe('the same Idempotency-Key again', () => {
  it('answers the event that was stored first, quoted or not', async () => {
    const first = await expectStatus(await post({}, { key: '"k-1"' }), 201);
    await expectReplay(await post({}, { key: '"k-1"' }), first.id);
    await expectReplay(await post({}, { key: 'k-1' }), first.id);
  });

  it('is refused with another body, and nothing is stored', async () => {
    await expectStatus(await post({}, { key: 'k-2' }), 201);
    const stored = await storedEvents();
    const response = await post({ severity: 'critical' }, { key: 'k-2' });
    expect(response.headers.get('Content-Type')).toBe('application/problem+json');
    expect((await expectStatus(response, 422)).type).toBe('/problems#idempotency_mismatch');
    expect(await storedEvents()).toBe(stored);
  });

  it('belongs to the person who sent it', async () => {
    const first = await expectStatus(await post({}, { key: 'k-3' }), 201);
    const second = await expectStatus(await post({ severity: 'medium' }, { token: member, key: 'k-3' }), 201);
    expect(second.id).not.toBe(first.id);
  });

  it('works beside an external_id, and the key speaks first', async () => {
    const first = await expectStatus(await post({ external_id: 'd-1' }, { key: 'k-4' }), 201);
    const other = await posted(admin, { external_id: 'd-2' });
    await expectReplay(await post({ external_id: 'd-1' }, { key: 'k-4' }), first.id);
    await expectReplay(await post({ external_id: 'd-1' }), first.id);
    await expectReplay(await post({ external_id: 'd-2' }, { key: 'k-5' }), other.id);
    await expectStatus(await post({ external_id: 'd-2' }, { key: 'k-4' }), 422);
  });
});
