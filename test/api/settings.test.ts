import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectStatus } from '../support/client.ts';
import { signedIn } from '../support/people.ts';
import { callWith } from '../support/worker.ts';

type Setting = { name: string; description: string; secret: boolean; set: boolean; value: unknown };

let admin: string;
beforeAll(async () => {
  admin = await signedIn('admin');
});

async function settings(bindings: Record<string, string> = {}): Promise<Map<string, Setting>> {
  const { groups } = await expectStatus(await callWith('GET', '/api/v1/settings', { token: admin, bindings }), 200);
  const all: Setting[] = groups.flatMap((group: { settings: Setting[] }) => group.settings);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  return new Map(all.map((setting) => [setting.name, setting]));
}

describe('the settings', () => {
  it('are what is in force, as what it is', async () => {
    const bindings = { LINK_HOURS: '5', ADMIN_TOTP_REQUIRED: 'false', PUBLIC_URL: 'https://edgewatch.example/' };
    const found = await settings(bindings);
    expect(found.get('LINK_HOURS')).toEqual({
      ...{ name: 'LINK_HOURS', description: 'life of an invitation or a reset link' },
      ...{ secret: false, set: true, value: 5 },
    });
    const shown = (name: string) => found.get(name)?.value;
    expect(shown('ADMIN_TOTP_REQUIRED')).toBe(false);
    expect(shown('PUBLIC_URL')).toBe('https://edgewatch.example');
    expect(shown('CORS_ORIGINS')).toEqual(['https://console.example', 'https://soc.example']);
    expect(found.get('OIDC_ISSUER')).toMatchObject({ set: false, value: '' });
  });

  it('hold no secret: only whether it is set', async () => {
    const secret = 'not-to-be-seen-8431';
    const found = await settings({
      ...{ EMAIL_HTTP_TOKEN: secret, EMAIL_HTTP_URL: `https://me:${secret}@mail.example/send?key=${secret}` },
      ...{ OIDC_JWKS_URL: `https://idp.example/keys?key=${secret}` },
    });
    const text = JSON.stringify([...found.values()]);
    for (const hidden of [secret, env.JWT_SECRET, env.AUDIT_SIGNING_KEY]) expect(text).not.toContain(hidden);
    for (const name of ['JWT_SECRET', 'AUDIT_SIGNING_KEY', 'EMAIL_HTTP_TOKEN']) {
      expect(found.get(name)).toMatchObject({ secret: true, set: true, value: null });
    }
    expect(found.get('EMAIL_HTTP_URL')?.value).toBe('https://mail.example/send');
    expect(found.get('OIDC_JWKS_URL')?.value).toBe('https://idp.example/keys');
    expect((await settings()).get('EMAIL_HTTP_TOKEN')).toMatchObject({ secret: true, set: false, value: null });
  });
});
