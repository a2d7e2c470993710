/**
 * Whom an address stands for: itself, or the /64 of an IPv6 address, which is what one subscriber gets. Cloudflare sets
 * CF-Connecting-IP on every request; without one, as in tests, all share the bucket `unknown`.
 */
export function networkOf(ip: string | undefined): string {
  if (ip && /^\d{1,3}(\.\d{1,3}){3}$/.test(ip)) return ip;
  if (!ip || !/^[\da-f:.]+$/i.test(ip) || !URL.canParse(`http://[${ip}]/`)) return 'unknown';
  // The URL parser writes an address in one way; what it shortened to `::` is filled up again.
  const parts = new URL(`http://[${ip}]/`).hostname.slice(1, -1).split('::');
  const [left = [], right = []] = parts.map((part) => part.split(':').filter(Boolean));
  const zeros = Array<string>(8 - left.length - right.length).fill('0');
  return `${[...left, ...zeros, ...right].slice(0, 4).join(':')}::/64`;
}
