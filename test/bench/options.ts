import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Operation } from './operations.ts';

export const HELP = `npm run bench -- [options]

Measures the product against a bare Worker, and against other servers if there are any, and prints what an event costs.

  --ops A,B       only these operations
  --pairs N       interleaved windows of product and floor for each operation (5)
  --seconds N     length of a window (4)
  --connections N connections that keep a side busy (16)
  --rows N        events stored before (1000000)
  --patience N    seconds that may be spent on waiting for a quiet machine and on repeating windows (240)
  --peers DIR     the Django and FastAPI peers, where docs/benchmark.md says what is in DIR (PEERS_DIR; else none)
  --no-cost       leave the cost table out
  --json FILE     write every figure to FILE
  --profile OP    instead of all that, the functions in which the product spends its time`;

export type Options = ReturnType<typeof readOptions>;

/** The options of the command line; throws when one is malformed. */
export function readOptions(operations: Operation[]) {
  const names = operations.map(({ name }) => name);
  const usual = operations.filter(({ rare }) => !rare).map(({ name }) => name);
  const { values } = parseArgs({
    allowNegative: true,
    options: {
      ops: { type: 'string', default: usual.join(',') },
      pairs: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '4' },
      connections: { type: 'string', default: '16' },
      rows: { type: 'string', default: '1000000' },
      patience: { type: 'string', default: '240' },
      peers: { type: 'string', default: process.env.PEERS_DIR },
      cost: { type: 'boolean', default: true },
      json: { type: 'string' },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const { peers, cost, json, profile, help } = values;
  const number = (name: 'pairs' | 'seconds' | 'connections' | 'rows' | 'patience', least = 1) => {
    const value = Number(values[name]);
    if (!Number.isInteger(value) || value < least) throw new Error(`--${name} must be a whole number from ${least}.`);
    return value;
  };
  const ops = (profile ?? values.ops).split(',');
  const unknown = ops.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`No operation ${unknown.join(', ')}. There are: ${names.join(', ')}`);
  const counts = { pairs: number('pairs'), seconds: number('seconds'), connections: number('connections') };
  return {
    ...counts,
    rows: number('rows'),
    patience: { ms: 1000 * number('patience', 0) },
    ops,
    peers: peers ? directoryOfPeers(peers) : undefined,
    cost,
    json,
    profile,
    help,
  };
}

function directoryOfPeers(path: string): string {
  if (!existsSync(join(path, 'run.sh')))
    throw new Error(`There is no run.sh in ${path}, which --peers or PEERS_DIR names.`);
  return resolve(path);
}
