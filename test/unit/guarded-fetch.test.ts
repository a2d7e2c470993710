import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { settingsOf } from '../../src/core/settings.ts';
import { checkTarget } from '../../src/notifications/check-target.ts';
import { guardedFetch } from '../../src/notifications/guarded-fetch.ts';
import { isPublic } from '../../src/notifications/public-address.ts';
import { contextAt } from '../support/operations.ts';
import { inbox, resolveNames, trusting } from '../support/receiver.ts';

const settings = settingsOf(env);
const NOW = new Date('2026-11-21T09:30:00.000Z');

beforeEach(() => void vi.spyOn(console, 'warn').mockReturnValue());
afterEach(() => vi.restoreAllMocks());

const HTTPS = 'must be an https URL';
const USER = 'must not hold a user name or password';
const PORT = 'must use port 443 or one above 1023';
const ADDRESS = 'must name a host, not an address';
const PUBLIC = 'must name a host of the public Internet';
const URL_ = 'must be an absolute URL';

describe('the address of a channel', () => {
  it.each([
    ['https://hooks.example.com/services/T0/B0/secret', undefined],
    ['https://hooks.example.com:443/', undefined],
    ['https://hooks.example.com:8443/x?y=z', undefined],
    ['https://hooks.example.com:1024/', undefined],
    ['https://hooks.example.com./', undefined],
    ['https://bücher.example/', undefined],
    ['https://localhost.example.com/', undefined],
    ['https://internal-hooks.example.com/', undefined],
    ['https://homelan.example/', undefined],
    ['https://1.2.3.4.example.com/', undefined],
    ['', URL_],
    ['hooks.example.com', URL_],
    ['//hooks.example.com/', URL_],
    ['https://', URL_],
    ['https://300.300.300.300/', URL_],
    ['http://hooks.example.com/', HTTPS],
    ['HTTP://hooks.example.com/', HTTPS],
    ['ftp://hooks.example.com/', HTTPS],
    ['file:///etc/passwd', HTTPS],
    ['javascript:alert(1)', HTTPS],
    ['data:text/plain,x', HTTPS],
    ['https://user@hooks.example.com/', USER],
    ['https://user:word@hooks.example.com/', USER],
    ['https://:word@hooks.example.com/', USER],
    ['https://hooks.example.com@169.254.169.254/', USER],
    ['https://hooks.example.com:22/', PORT],
    ['https://hooks.example.com:25/', PORT],
    ['https://hooks.example.com:80/', PORT],
    ['https://hooks.example.com:1023/', PORT],
    ['https://hooks.example.com:0/', PORT],
    ['https://127.0.0.1/', ADDRESS],
    ['https://127.1/', ADDRESS],
    ['https://2130706433/', ADDRESS],
    ['https://017700000001/', ADDRESS],
    ['https://0177.0.0.1/', ADDRESS],
    ['https://0x7f000001/', ADDRESS],
    ['https://0x7f.0x0.0x0.0x1/', ADDRESS],
    ['https://①②⑦.⓪.⓪.①/', ADDRESS],
    ['https://127.0.0.1./', ADDRESS],
    ['https://0/', ADDRESS],
    ['https://0.0.0.0/', ADDRESS],
    ['https://10.0.0.1/', ADDRESS],
    ['https://169.254.169.254/latest/meta-data/', ADDRESS],
    ['https://8.8.8.8/', ADDRESS],
    ['https://[::1]/', ADDRESS],
    ['https://[::]/', ADDRESS],
    ['https://[::ffff:7f00:1]/', ADDRESS],
    ['https://[::ffff:127.0.0.1]/', ADDRESS],
    ['https://[64:ff9b::a00:1]/', ADDRESS],
    ['https://[fd00:ec2::254]/', ADDRESS],
    ['https://[2606:4700:4700::1111]/', ADDRESS],
    ['https://localhost/', PUBLIC],
    ['https://localhost./', PUBLIC],
    ['https://LOCALHOST/', PUBLIC],
    ['https://a.localhost/', PUBLIC],
    ['https://intranet/', PUBLIC],
    ['https://printer.local/', PUBLIC],
    ['https://printer.local./', PUBLIC],
    ['https://metadata.google.internal/computeMetadata/v1/', PUBLIC],
    ['https://wiki.corp/', PUBLIC],
    ['https://nas.lan/', PUBLIC],
    ['https://router.home.arpa/', PUBLIC],
    ['https://hooks..example.com/', 'must name a host'],
    ['https://hooks.example.com../', 'must name a host'],
  ])('%s: %s', (address, fault) => {
    expect(checkTarget(address, settings)).toBe(fault);
  });

  it('may be anything for a host that the settings trust, at that port only', () => {
    const trusted = {
      ...settings,
      deliveries: { ...settings.deliveries, trustedHosts: ['bridge.lan:8080', '[::1]:80'] },
    };
    expect(checkTarget('http://bridge.lan:8080/x', trusted)).toBeUndefined();
    expect(checkTarget('https://BRIDGE.lan:8080/x', trusted)).toBeUndefined();
    expect(checkTarget('http://[::1]/', trusted)).toBeUndefined();
    expect(checkTarget('http://bridge.lan/x', trusted)).toBe(HTTPS);
    expect(checkTarget('https://bridge.lan/x', trusted)).toBe(PUBLIC);
    expect(checkTarget('ftp://bridge.lan:8080/x', trusted)).toBe(HTTPS);
    expect(checkTarget('http://user@bridge.lan:8080/x', trusted)).toBe(USER);
  });
});

const OUTSIDE = [
  '1.1.1.1',
  '8.8.8.8',
  '172.32.0.1',
  '100.128.0.1',
  '192.169.0.1',
  '198.20.0.1',
  '2606:4700::1111',
  '2a00:1450::5',
];
const INSIDE = [
  ...['0.0.0.0', '0.1.2.3', '10.0.0.1', '10.255.255.255', '100.64.0.1', '100.127.255.255', '127.0.0.1', '127.255.0.1'],
  ...['169.254.0.1', '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.1', '192.0.2.1', '192.88.99.1'],
  ...['192.168.1.1', '198.18.0.1', '198.19.255.255', '198.51.100.1', '203.0.113.1', '224.0.0.1', '239.255.255.255'],
  ...['240.0.0.1', '255.255.255.255', '0177.0.0.1', '0x7f.0.0.1', '2130706433'],
  ...[
    '::',
    '::1',
    '::7f00:1',
    '::ffff:7f00:1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::a00:1',
    '64:ff9b::10.0.0.1',
  ],
  ...[
    '64:ff9b:1::1',
    '100::1',
    '2001::1',
    '2001:2::1',
    '2001:10::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '3fff::1',
    '5f00::1',
  ],
  ...['4000::1', 'fc00::1', 'fd00:ec2::254', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'ff02::1'],
  ...['', 'localhost', 'alias.example.', '1.1.1.1.1', '1.1.1.1/8', '::g'],
];

describe('a resolved address', () => {
  it.each(OUTSIDE)('of the public Internet is sent to: %s', (address) => expect(isPublic(address)).toBe(true));
  it.each(INSIDE)('of any other kind is not: %s', (address) => expect(isPublic(address)).toBe(false));
});

/** Sends to a name that the resolver knows; answers the outcome, and what reached the network outside. */
async function sendTo(name: string, { at = NOW, trusts = false } = {}) {
  const outside: Request[] = [];
  const { fetch } = globalThis;
  const lookups: string[] = [];
  const spy = vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const request = new Request(input, init);
    if (request.url.startsWith('http://127.0.0.1')) {
      lookups.push(new URL(request.url).searchParams.get('type') ?? '');
      return fetch(input, init);
    }
    outside.push(request);
    return new Response('ok');
  });
  const context = contextAt(at);
  const ctx = { ...context, settings: trusting(context.settings) };
  if (trusts) ctx.settings.deliveries.trustedHosts.push(`${name}:443`);
  const outcome = await guardedFetch(ctx, { url: `https://${name}/hook`, headers: {}, body: '{}' });
  spy.mockRestore();
  return { outcome, outside, lookups };
}

const refused = (error: string) => ({ status: null, error, retryAfterSeconds: null });
const INWARD = refused('the name resolves to an address that is not public');

describe('a name', () => {
  it('that resolves to public addresses only is sent to', async () => {
    await resolveNames({ 'good.example': ['1.1.1.1', '2606:4700::1111'] });
    const { outcome, outside, lookups } = await sendTo('good.example');
    expect(outcome).toEqual({ status: 200, error: null, retryAfterSeconds: null });
    expect(outside.map(({ method, url, redirect }) => [method, url, redirect])).toEqual([
      ['POST', 'https://good.example/hook', 'manual'],
    ]);
    expect(lookups.sort()).toEqual(['A', 'AAAA']);
  });

  it.each([
    ['loopback.example', ['127.0.0.1'], INWARD],
    ['metadata.example', ['169.254.169.254'], INWARD],
    ['mapped.example', ['::ffff:7f00:1'], INWARD],
    ['translated.example', ['64:ff9b::a00:1'], INWARD],
    ['one-of-two.example', ['1.1.1.1', '10.0.0.1'], INWARD],
    ['other-family.example', ['1.1.1.1', 'fd00::1'], INWARD],
    ['no-address.example', [], refused('the name has no address')],
    ['unknown.example', undefined, refused('the name has no address')],
    ['servfail.example', 2, refused('the name could not be looked up')],
  ])('%s that resolves to %j is not', async (name, addresses, outcome) => {
    if (addresses !== undefined) await resolveNames({ [name]: addresses });
    const sent = await sendTo(name);
    expect(sent).toMatchObject({ outcome, outside: [] });
  });

  it('is looked up again after a minute, and at once after the resolver failed', async () => {
    await resolveNames({ 'moving.example': 2 });
    expect((await sendTo('moving.example')).outcome).toEqual(refused('the name could not be looked up'));
    await resolveNames({ 'moving.example': ['1.1.1.1'] });
    expect((await sendTo('moving.example')).outcome.status).toBe(200);
    await resolveNames({ 'moving.example': ['127.0.0.1'] });
    const cached = await sendTo('moving.example', { at: new Date(NOW.getTime() + 59_000) });
    expect(cached).toMatchObject({ outcome: { status: 200 }, lookups: [] });
    expect(await sendTo('moving.example', { at: new Date(NOW.getTime() + 60_000) })).toMatchObject({
      outcome: INWARD,
      outside: [],
    });
  });

  it('that the settings trust is not looked up', async () => {
    expect(await sendTo('trusted.example', { trusts: true })).toMatchObject({ outcome: { status: 200 }, lookups: [] });
  });
});

async function outcomeOf(url: string) {
  const context = contextAt(NOW);
  return guardedFetch(
    { ...context, settings: trusting(context.settings) },
    { url, headers: { 'x-a': 'b' }, body: 'text' },
  );
}

describe('a receiver that', () => {
  it('answers 2xx was told', async () => {
    const { url, seen } = await inbox({ status: 204, bytes: 0 });
    expect(await outcomeOf(url)).toEqual({ status: 204, error: null, retryAfterSeconds: null });
    expect(await seen()).toMatchObject([{ method: 'POST', headers: { 'x-a': 'b' }, body: 'text' }]);
  });

  it.each([
    ['60', 60],
    [' 7 ', 7],
    ['Sat, 21 Nov 2026 09:31:30 GMT', 90],
    ['Sat, 21 Nov 2026 09:00:00 GMT', 0],
    ['-1', null],
    ['1.5', null],
    ['soon', null],
    ['2026', 2026],
    ['2026-11-21T09:31:30Z', null],
  ])('asks for patience by Retry-After: %s', async (value, retryAfterSeconds) => {
    const { url } = await inbox({ status: 429, headers: { 'Retry-After': value } });
    expect(await outcomeOf(url)).toEqual({ status: 429, error: 'status 429', retryAfterSeconds });
  });

  it('redirects inward is not followed', async () => {
    const { url: target, seen } = await inbox();
    for (const location of ['http://169.254.169.254/latest/meta-data/', target]) {
      const { url } = await inbox({ status: 302, headers: { Location: location } });
      expect(await outcomeOf(url)).toMatchObject({ status: 302, error: 'a redirect, which is not followed' });
    }
    expect(await seen()).toEqual([]);
  });

  it('does not answer is left after 15 seconds', async () => {
    const { timeout } = AbortSignal;
    const spy = vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => timeout(ms / 50));
    const { url, seen } = await inbox('hang');
    expect(await outcomeOf(url)).toEqual(refused('no answer within 15 seconds'));
    expect(spy).toHaveBeenCalledWith(15_000);
    expect(await seen()).toHaveLength(1);
  });

  it('sends 100 MB is believed its status, and left', async () => {
    const { url, seen } = await inbox({ status: 200, bytes: 100_000_000 });
    expect(await outcomeOf(url)).toEqual({ status: 200, error: null, retryAfterSeconds: null });
    const [{ taken } = { taken: 0 }] = await seen();
    expect(taken).toBeGreaterThan(0);
    // Beyond what is read there are the buffers between the two.
    expect(taken).toBeLessThan(20_000_000);
  });

  it('cuts the connection, or is not there, is not reached', async () => {
    const { url } = await inbox('reset');
    expect(await outcomeOf(url)).toEqual(refused('no connection'));
    const context = contextAt(NOW);
    const deliveries = { ...context.settings.deliveries, trustedHosts: ['127.0.0.1:1'] };
    const ctx = { ...context, settings: { ...context.settings, deliveries } };
    expect(await guardedFetch(ctx, { url: 'http://127.0.0.1:1/', headers: {}, body: '' })).toEqual(
      refused('no connection'),
    );
  });
});
