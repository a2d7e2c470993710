import { readFileSync } from 'node:fs';
import { parse } from 'smol-toml';

type Configuration = { vars: Record<string, string>; triggers: { crons: string[] } };

/** What `wrangler.toml` says of settings and crons. Wrangler's own reader takes a second to load. */
export function readConfiguration(): Configuration {
  return parse(readFileSync('wrangler.toml', 'utf8')) as Configuration;
}
