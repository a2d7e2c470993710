import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { brokenDb, OVERLOADED } from '../support/broken-db.ts';
import { call, expectStatus } from '../support/client.ts';
import { SCAN } from '../support/events.ts';
import { signedIn } from '../support/people.ts';
import { callWith } from '../support/worker.ts';

let admin: string;
beforeAll(async () => {
  admin = await signedIn('admin');
  for (const level of ['warn', 'error'] as const) vi.spyOn(console, level).mockReturnValue();
});
afterAll(() => vi.restoreAllMocks());

describe('every answer', () => {
  const answers = (): [string, Promise<Response>][] => [
    ['200', call('GET', '/api/v1/events', { token: admin })],
    ['201', call('POST', '/api/v1/events', { token: admin, body: SCAN })],
    ['400', call('GET', '/api/v1/events?limit=0', { token: admin })],
    ['401', call('GET', '/api/v1/events')],
    ['404', call('GET', '/api/v1/nothing')],
    ['405', call('DELETE', '/api/v1/events', { token: admin })],
    ['503', callWith('GET', '/api/v1/events', { token: admin, bindings: { DB: brokenDb(OVERLOADED) } })],
  ];

  it('carries security headers, a request id of its own, and is not to be stored', async () => {
    const seen = new Set<string>();
    for (const [status, answer] of answers()) {
      const response = await answer;
      expect(String(response.status)).toBe(status);
      const { headers } = response;
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(headers.get('X-Frame-Options')).toBe('DENY');
      expect(headers.get('Content-Security-Policy')).toBe(
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      );
      expect(headers.get('Strict-Transport-Security')).toMatch(/max-age=\d{7,}/);
      expect(headers.get('Referrer-Policy')).toBe('no-referrer');
      expect(headers.get('Cache-Control')).toBe('no-store');
      expect(headers.get('Server')).toBeNull();
      expect(headers.get('X-Powered-By')).toBeNull();
      seen.add(headers.get('X-Request-Id') ?? '');
    }
    expect(seen.size).toBe(answers().length);
    for (const id of seen) expect(id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('does not take over the request id of the caller', async () => {
    const headers = { 'X-Request-Id': 'chosen-by-the-caller' };
    const response = await call('GET', '/api/v1/events', { token: admin, headers });
    expect(response.headers.get('X-Request-Id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('a browser of another origin', () => {
  const OURS = ['https://console.example', 'https://soc.example'];
  const FOREIGN = [
    'https://evil.example',
    'https://console.example.evil.example',
    'https://evil-console.example',
    'https://console.example:8443',
    'http://console.example',
    'https://sub.console.example',
    'https://CONSOLE.example',
    'null',
    '*',
  ];
  const preflight = (origin: string) =>
    call('OPTIONS', '/api/v1/events', {
      headers: {
        Origin: origin,
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'authorization,content-type',
      },
    });

  it.each(OURS)('that is configured may ask and call: %s', async (origin) => {
    const asked = await preflight(origin);
    expect(asked.status).toBe(204);
    expect(asked.headers.get('Access-Control-Allow-Origin')).toBe(origin);
    expect(asked.headers.get('Access-Control-Allow-Methods')).toContain('PATCH');
    expect(asked.headers.get('Access-Control-Allow-Headers')?.toLowerCase()).toContain('authorization');
    const answer = await call('GET', '/api/v1/events', { token: admin, headers: { Origin: origin } });
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBe(origin);
    expect(answer.headers.get('Access-Control-Expose-Headers')).toContain('ETag');
    expect(answer.headers.get('Vary')).toContain('Origin');
    expect(answer.headers.get('Access-Control-Allow-Credentials')).toBe('true');
  });

  it('reads errors, too', async () => {
    for (const path of ['/api/v1/events', '/api/v1/nothing']) {
      const response = await call('GET', path, { headers: { Origin: OURS[0] ?? '' } });
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(response.headers.get('Access-Control-Allow-Origin')).toBe(OURS[0]);
    }
  });

  it.each(FOREIGN)('that is not configured is told nothing: %s', async (origin) => {
    for (const response of [
      await preflight(origin),
      await call('GET', '/api/v1/events', { headers: { Origin: origin } }),
    ]) {
      expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull();
    }
  });
});

describe('a path', () => {
  it.each(['/api/v1/auth/me', '/api/v1/auth/me/', '/api/auth/me', '/api/auth/me/'])(
    'may be written %s',
    async (path) => {
      expect(await expectStatus(await call('GET', path, { token: admin }), 200)).toMatchObject({ username: 'admin' });
    },
  );

  it.each(['/health', '/health/', '/api/health', '/api/v1/health/'])('of the health is open: %s', async (path) => {
    expect(await expectStatus(await call('GET', path), 200)).toEqual({ status: 'ok', oldest_pending_seconds: 0 });
  });

  it.each(['/openapi.json', '/api/openapi.json', '/api/v1/openapi.json'])(
    'of the document is open: %s',
    async (path) => {
      expect((await expectStatus(await call('GET', path), 200)).openapi).toBe('3.1.0');
    },
  );

  it.each([
    ['/api/docs', '/docs'],
    ['/api/v1/swagger', '/swagger'],
    ['/api/redoc/', '/redoc'],
  ])('of the docs leads there: %s', async (path, target) => {
    const response = await call('GET', path);
    expect([response.status, response.headers.get('Location')]).toEqual([302, target]);
  });

  it('that looks like the API but is not is 404', async () => {
    for (const path of ['/apiv1/events', '/events', '/api/v2/events', '/api/v1/v1/events', '/api', '/api//events']) {
      await expectStatus(await call('GET', path, { token: admin }), 404);
    }
  });
});

describe('when the database', () => {
  it.each([
    OVERLOADED,
    'D1_ERROR: Network connection lost.',
    'D1 DB storage operation exceeded timeout which caused object to be reset.',
    'Cannot resolve D1 DB due to transient issue on remote node.',
  ])('is out of reach, the answer is 503 and when to come again: %s', async (message) => {
    const bindings = { DB: brokenDb(message) };
    const requests = [
      callWith('GET', '/api/v1/events', { token: admin, bindings }),
      callWith('POST', '/api/v1/events', { token: admin, body: SCAN, bindings }),
      callWith('GET', '/health', { bindings }),
    ];
    for (const response of await Promise.all(requests)) {
      expect(response.headers.get('Content-Type')).toBe('application/problem+json');
      expect(Number(response.headers.get('Retry-After'))).toBeGreaterThanOrEqual(1);
      const problem = await expectStatus(response, 503);
      expect(problem.type).toBe('/problems#unavailable');
      expect(JSON.stringify(problem)).not.toContain('D1');
    }
  });

  it('fails in a way nobody foresaw, the answer is 500 and tells nothing of it', async () => {
    const bindings = { DB: brokenDb('no such table: passwords in /srv/secret.ts') };
    const response = await callWith('GET', '/api/v1/events', { token: admin, bindings });
    expect(response.headers.get('Content-Type')).toBe('application/problem+json');
    const problem = await expectStatus(response, 500);
    expect(problem).toEqual({
      type: '/problems#internal',
      title: 'Internal error',
      status: 500,
      detail: 'Something failed on our side. The request id leads to the log.',
      instance: '/api/v1/events',
      request_id: response.headers.get('X-Request-Id'),
    });
  });

  it('fails, the log knows the request and why, and neither body nor token', async () => {
    const log = vi.spyOn(console, 'error').mockReturnValue();
    log.mockClear();
    const bindings = { DB: brokenDb('no such column: zebra') };
    const body = { ...SCAN, description: 'a-secret-in-the-body' };
    const response = await callWith('POST', '/api/v1/events', { token: admin, body, bindings });
    const lines = log.mock.calls.flat().join('\n');
    expect(lines).toContain(response.headers.get('X-Request-Id'));
    expect(lines).toContain('no such column: zebra');
    expect(lines).not.toContain('a-secret-in-the-body');
    expect(lines).not.toContain(admin);
  });
});
