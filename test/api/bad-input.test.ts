import { beforeAll, describe, expect, it } from 'vitest';
import { call, expectStatus, type Options } from '../support/client.ts';
import { SCAN, storedEvents } from '../support/events.ts';
import { signedIn } from '../support/people.ts';

let admin: string;
beforeAll(async () => {
  admin = await signedIn('admin');
});

// No answer may repeat what was sent: every bad value that is text holds this.
const SENT = 'zebra-7431';

type Refusal = { status: number; pointers?: string[] };

/** Sends something bad and checks everything that every refusal owes. */
async function expectRefusal(request: Promise<Response>, { status, pointers }: Refusal) {
  const before = await storedEvents();
  const response = await request;
  expect(response.headers.get('Content-Type')).toBe('application/problem+json');
  const problem = await expectStatus(response, status);
  expect(problem).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) });
  expect(problem.request_id).toBe(response.headers.get('X-Request-Id'));
  expect(problem.type).toMatch(/^\/problems#[a-z_]+$/);
  expect(problem.instance).toMatch(/^\/api\/v1\//);
  if (pointers) expect(problem.errors.map((error: { pointer: string }) => error.pointer)).toEqual(pointers);
  expect(JSON.stringify(problem)).not.toContain(SENT);
  expect(await storedEvents()).toBe(before);
  return problem;
}

const post = (body: unknown, options: Options = {}) =>
  call('POST', '/api/v1/events', { token: admin, body, ...options });

const without = (field: keyof typeof SCAN) => ({ ...SCAN, [field]: undefined });

function nested(levels: number): string {
  return `{"source":"a","event_type":"b","severity":"low","attributes":${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}}`;
}

const BODIES: [string, unknown, string[]][] = [
  ['a severity that is none', { ...SCAN, severity: SENT }, ['#/severity']],
  ['a number for a severity', { ...SCAN, severity: 3 }, ['#/severity']],
  ['no severity', without('severity'), ['#/severity']],
  ['no source', without('source'), ['#/source']],
  ['no event_type', without('event_type'), ['#/event_type']],
  ['several faults at once', { severity: SENT, event_type: '' }, ['#/source', '#/event_type', '#/severity']],
  ['a field that does not exist', { ...SCAN, colour: SENT }, ['#/colour']],
  ['two names for the source', { ...SCAN, source_name: SENT }, ['#/source_name']],
  ['17 KB of attributes', { ...SCAN, attributes: { a: SENT.repeat(1_750) } }, ['#/attributes']],
  ['text for attributes', { ...SCAN, attributes: SENT }, ['#/attributes']],
  ['an array for attributes', { ...SCAN, attributes: [SENT] }, ['#/attributes']],
  ['null for attributes', { ...SCAN, attributes: null }, ['#/attributes']],
  ['attributes nested 5,000 deep', nested(5_000), ['#/attributes']],
  ['attributes nested 33 deep', nested(33), ['#/attributes']],
  ['a NUL in the source', { ...SCAN, source: `${SENT}\u0000` }, ['#/source']],
  ['a lone surrogate in the source', { ...SCAN, source: `${SENT}\ud800` }, ['#/source']],
  ['a line break in the source', { ...SCAN, source: `${SENT}\nb` }, ['#/source']],
  ['a source of blanks', { ...SCAN, source: '   ' }, ['#/source']],
  ['a source of 201 characters', { ...SCAN, source: 'a'.repeat(201) }, ['#/source']],
  ['a description of 4,001 characters', { ...SCAN, description: 'a'.repeat(4_001) }, ['#/description']],
  ['a time without an offset', { ...SCAN, occurred_at: '2026-11-21T09:30:00' }, ['#/occurred_at']],
  ['a time that is none', { ...SCAN, occurred_at: SENT }, ['#/occurred_at']],
  [
    'a time that is beyond the year 9999 in UTC',
    { ...SCAN, occurred_at: '9999-12-31T23:59:59-12:00' },
    ['#/occurred_at'],
  ],
  ['a time that is before the year 0 in UTC', { ...SCAN, occurred_at: '0000-01-01T00:00:00+12:00' }, ['#/occurred_at']],
  ['a number for a time', { ...SCAN, occurred_at: 1_700_000_000 }, ['#/occurred_at']],
  ['an empty external_id', { ...SCAN, external_id: '' }, ['#/external_id']],
  ['an array for the event', [SCAN], ['#']],
  ['text for the event', `"${SENT}"`, ['#']],
  ['null for the event', 'null', ['#']],
  ['broken JSON', `{"source": "${SENT}`, ['#']],
  ['an empty body', '', ['#']],
];

describe('POST /events refuses with 400 and the name of the field', () => {
  it.each(BODIES)('%s', async (_, body, pointers) => {
    await expectRefusal(post(body), { status: 400, pointers });
  });

  it.each([
    ['with a blank', `${SENT} ${SENT}`],
    ['that is empty', '""'],
    ['with an open quote', `"${SENT}`],
    ['of 256 characters', 'a'.repeat(256)],
  ])('an Idempotency-Key %s', async (_, key) => {
    const pointers = ['header/idempotency-key'];
    await expectRefusal(post(SCAN, { headers: { 'Idempotency-Key': key } }), { status: 400, pointers });
  });
});

describe('POST /events refuses', () => {
  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/x-ndjson', 'application/jsonp'])(
    'the content type %s with 415',
    async (type) => {
      await expectRefusal(post(JSON.stringify(SCAN), { headers: { 'Content-Type': type } }), { status: 415 });
    },
  );

  it('a body without a content type with 415', async () => {
    const bytes = new TextEncoder().encode(JSON.stringify(SCAN));
    await expectRefusal(post(bytes, { headers: { 'Content-Type': '' } }), { status: 415 });
  });

  it('no body at all with 400', async () => {
    const pointers = ['#/source', '#/event_type', '#/severity'];
    await expectRefusal(post(undefined), { status: 400, pointers });
  });

  it('a body of more than 64 KB with 413', async () => {
    await expectRefusal(post({ ...SCAN, description: SENT.repeat(6_600) }), { status: 413 });
  });
});
