import type { JsonObject } from '../../src/core/json.ts';
import type { Random } from './random.ts';

type Blank = [attribute: string, draw: (random: Random) => string | number];

const USERS = [
  'm.adler',
  'k.bauer',
  'svc-backup',
  'svc-deploy',
  'j.cole',
  'r.diaz',
  'p.ek',
  'svc-reports',
  's.fox',
  't.ito',
];
const HOSTS = ['laptop', 'web', 'app', 'node', 'build', 'db'];
const SITES = ['login', 'secure-mail', 'parcel', 'invoice', 'update'];
const PORTS = [22, 23, 53, 80, 443, 445, 1433, 3306, 3389, 5432, 8080, 8443];

/** What the blanks of a text are filled with. Addresses and names are those kept for documentation (RFC 5737, 2606). */
const BLANKS: Record<string, Blank> = {
  ip: ['remote_ip', (random) => `${random.pick(['192.0.2', '198.51.100'])}.${random.between(1, 254)}`],
  port: ['port', (random) => random.pick(PORTS)],
  user: ['user', (random) => random.pick(USERS)],
  host: ['host', (random) => `${random.pick(HOSTS)}-${String(random.between(1, 60)).padStart(3, '0')}`],
  count: ['count', (random) => Math.min(5_000, 2 + Math.round(random.around(25)))],
  domain: ['domain', (random) => `${random.pick(SITES)}-${random.between(100, 999)}.example`],
  hash: ['sha256', (random) => Array.from({ length: 8 }, () => hex(random.between(0, 2 ** 32 - 1))).join('')],
};

function hex(number: number): string {
  return number.toString(16).padStart(8, '0');
}

/** A text with its blanks filled, and what they were filled with. A long hash is cut in the text. */
export function fill(random: Random, text: string): { text: string; values: JsonObject } {
  const values: JsonObject = {};
  const filled = text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const [attribute, draw] = BLANKS[name] ?? unknown(name);
    values[attribute] ??= draw(random);
    const value = String(values[attribute]);
    return name === 'hash' ? `${value.slice(0, 12)}…` : value;
  });
  return { text: filled, values };
}

function unknown(name: string): never {
  throw new Error(`there is no blank {${name}}`);
}
