import { expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { callWith } from '../support/worker.ts';

it('names the security contact of the instance, for half a year, and nobody while there is none', async () => {
  await expectStatus(await call('GET', '/.well-known/security.txt'), 404);
  const bindings = { SECURITY_CONTACT: 'mailto:security@example.com' } as Partial<Env>;
  const response = await callWith('GET', '/.well-known/security.txt', { bindings });
  expect(response.headers.get('Content-Type')).toContain('text/plain');
  const fields = Object.fromEntries((await response.text()).split('\n').map((line) => line.split(/: (.*)/)));
  expect(fields.Contact).toBe('mailto:security@example.com');
  expect(Date.parse(fields.Expires) - Date.now()).toBeLessThan(365 * 24 * 3_600_000);
  expect(Date.parse(fields.Expires)).toBeGreaterThan(Date.now());
});

it('keeps browsers on https for a year', async () => {
  const { headers } = await call('GET', '/health');
  expect(headers.get('Strict-Transport-Security')).toBe('max-age=31536000; includeSubDomains');
});
