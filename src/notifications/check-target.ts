import type { Settings } from '../core/settings.ts';

const HTTPS_PORT = 443;

/** Below are the ports of the system's own services, of which only the one of HTTPS speaks it. */
const FIRST_FREE_PORT = 1024;

/** Names that mean this machine or this network, whoever resolves them (RFC 6761, 6762, 8375 and what routers use). */
const INWARD = ['localhost', 'local', 'internal', 'intranet', 'private', 'corp', 'home', 'lan', 'home.arpa'];

/**
 * Why a channel may not be sent to this address, as far as the address itself tells; undefined when it may. What its name
 * resolves to is looked up before each attempt. The URL parser has written decimal, octal and hex addresses in one way.
 */
export function checkTarget(address: string, settings: Settings): string | undefined {
  const url = URL.parse(address);
  if (!url) return 'must be an absolute URL';
  if (url.username || url.password) return 'must not hold a user name or password';
  if (isTrusted(url, settings)) return undefined;
  if (url.protocol !== 'https:') return 'must be an https URL';
  if (portOf(url) !== HTTPS_PORT && portOf(url) < FIRST_FREE_PORT) return 'must use port 443 or one above 1023';
  return checkName(url.hostname);
}

/** Whether the settings exempt this very host and port from https and from the checks of addresses. */
export function isTrusted(url: URL, { deliveries }: Settings): boolean {
  return /^https?:$/.test(url.protocol) && deliveries.trustedHosts.includes(`${url.hostname}:${portOf(url)}`);
}

function portOf({ port, protocol }: URL): number {
  return Number(port || (protocol === 'https:' ? HTTPS_PORT : 80));
}

function checkName(hostname: string): string | undefined {
  if (/^\[|^[\d.]+$/.test(hostname)) return 'must name a host, not an address';
  // `localhost.` is localhost, too.
  const labels = hostname.replace(/\.$/, '').split('.');
  if (labels.includes('')) return 'must name a host';
  const isInward = INWARD.some((name) => `.${labels.join('.')}`.endsWith(`.${name}`));
  return labels.length < 2 || isInward ? 'must name a host of the public Internet' : undefined;
}
