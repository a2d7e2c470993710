import { env } from 'cloudflare:workers';
import { expect, it } from 'vitest';
import { decryptSecret, encryptSecret } from '../../src/core/secret.ts';
import { settingsOf } from '../../src/core/settings.ts';

const settings = settingsOf(env);

it('reads what was stored before secrets had purposes', () => {
  const stored = 'cEs34gO7ScX3MDi-.QVcrJgjk3gTXsd7uilrrnA.EiP2Q2gWAuv0ku3wOo8lgA';
  expect(decryptSecret(settings, { purpose: 'totp', stored })).toBe('JBSWY3DPEHPK3PXP');
});

it('keeps secrets of one purpose from being read as those of another, or under another key', () => {
  const stored = encryptSecret(settings, { purpose: 'channel', text: 'wörd' });
  expect(stored).not.toContain('wörd');
  expect(decryptSecret(settings, { purpose: 'channel', stored })).toBe('wörd');
  expect(decryptSecret(settings, { purpose: 'totp', stored })).toBeNull();
  const jwtSecret = 'another-secret-another-secret-another';
  expect(decryptSecret({ ...settings, jwtSecret }, { purpose: 'channel', stored })).toBeNull();
  expect(encryptSecret(settings, { purpose: 'channel', text: 'wörd' })).not.toBe(stored);
});
