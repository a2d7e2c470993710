import type { Origin } from '../../src/core/context.ts';
import type { Kind } from './scenes.ts';

/** Where posts come from: addresses and numbers are those that RFC 5737 and RFC 5398 keep for documentation. */
const SITES = {
  berlin: { ip: '203.0.113.10', origin: { country: 'DE', asn: 64496, colo: 'FRA' } },
  london: { ip: '203.0.113.40', origin: { country: 'GB', asn: 64497, colo: 'LHR' } },
  ashburn: { ip: '203.0.113.70', origin: { country: 'US', asn: 64498, colo: 'IAD' } },
  singapore: { ip: '203.0.113.90', origin: { country: 'SG', asn: 64499, colo: 'SIN' } },
} satisfies Record<string, { ip: string; origin: Origin }>;

/** What reports events, how often beside the others, and the sensor that posts for it. */
export type Source = { name: string; kind: Kind; weight: number; sensor: string; ip: string; origin: Origin };

type Row = [name: string, kind: Kind, site: keyof typeof SITES, weight: number, sensor?: string];

const ROWS: Row[] = [
  ['fw-berlin', 'firewall', 'berlin', 14],
  ['fw-london', 'firewall', 'london', 10],
  ['fw-ashburn', 'firewall', 'ashburn', 10],
  ['fw-singapore', 'firewall', 'singapore', 6],
  ['vpn-gateway-eu', 'vpn', 'berlin', 8],
  ['vpn-gateway-us', 'vpn', 'ashburn', 6],
  ['laptops-eu', 'endpoint', 'berlin', 10, 'endpoint-console'],
  ['laptops-us', 'endpoint', 'ashburn', 8, 'endpoint-console'],
  ['servers', 'endpoint', 'berlin', 6, 'endpoint-console'],
  ['build-agents', 'endpoint', 'berlin', 3, 'endpoint-console'],
  ['mail-relay-eu', 'mail', 'berlin', 8],
  ['mail-relay-us', 'mail', 'ashburn', 5],
  ['identity-provider', 'identity', 'berlin', 12],
  ['partner-sign-in', 'identity', 'london', 4],
  ['k8s-prod', 'kubernetes', 'berlin', 7],
  ['k8s-staging', 'kubernetes', 'berlin', 3],
  ['k8s-edge', 'kubernetes', 'singapore', 3],
  ['db-payments', 'database', 'berlin', 4, 'database-monitor'],
  ['db-customers', 'database', 'berlin', 4, 'database-monitor'],
  ['db-analytics', 'database', 'ashburn', 3, 'database-monitor'],
  ['waf-shop', 'waf', 'berlin', 10],
  ['waf-api', 'waf', 'ashburn', 9],
  ['waf-partners', 'waf', 'london', 4],
  ['dns-resolver', 'dns', 'berlin', 8],
  ['cloud-audit', 'cloud', 'ashburn', 5],
  ['object-storage', 'cloud', 'ashburn', 3, 'cloud-audit'],
];

export const SOURCES: Source[] = ROWS.map(([name, kind, site, weight, sensor = name]) => ({
  name,
  kind,
  weight,
  sensor,
  ...SITES[site],
}));

/** The names of the sensors. The position, counted from 1, is the id. */
export const SENSORS = [...new Set(SOURCES.map(({ sensor }) => sensor))];
