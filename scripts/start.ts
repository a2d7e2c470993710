import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Api, signIn } from './local/api.ts';
import { readConfiguration } from './local/configuration.ts';
import { driveCrons } from './local/cron.ts';
import { loadDemo } from './local/demo.ts';
import { prepareDatabase } from './local/prepare-database.ts';
import { endLeftovers, rememberProcesses } from './local/processes.ts';
import { openState, type State } from './local/state.ts';
import { startWrangler } from './local/wrangler.ts';

const HELP = `npm start -- [--port N] [--state DIR] [--no-demo] [--inspector-port N]

Runs Edgewatch on this machine: database, queue, cron, API and its reference.

  --port N      listen on http://localhost:N (8787)
  --state DIR   keep data and secrets in DIR (.wrangler/state)
  --no-demo     start without demo data
  --inspector-port N
                let a debugger in at localhost:N (any free port)

ADMIN_USERNAME and ADMIN_PASSWORD name the first admin. Every setting of wrangler.toml can be set in the environment.`;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8787' },
    state: { type: 'string', default: '.wrangler/state' },
    'no-demo': { type: 'boolean', default: false },
    'inspector-port': { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const port = Number(values.port);
const url = `http://localhost:${port}`;
const { vars, triggers } = readConfiguration();

/** Those that the configuration does not name, since a deployed instance may do without them. */
const OPTIONAL_SECRETS = ['EMAIL_HTTP_TOKEN', 'OIDC_CLIENT_SECRET'];

async function main(): Promise<void> {
  const state = await openState(resolve(values.state));
  const left = await endLeftovers(state.directory);
  if (left > 0) console.log(`Ended ${left} processes that an earlier start left behind.`);
  await requireFreePort();
  await import('./build-assets.ts');
  await prepareDatabase(state);
  serve(state);
  await untilReady();
  await rememberProcesses(state.directory);
  const api = await signIn(url, state.saved.admin).catch(() => null);
  if (api && !values['no-demo'] && !state.saved.analyst) await loadDemo(api, state);
  greet(state, api);
  await driveCrons(url, triggers.crons);
}

async function requireFreePort(): Promise<void> {
  const free = await new Promise((answer) => {
    const server = createServer();
    server.once('error', () => answer(false));
    server.listen(port, 'localhost', () => server.close(() => answer(true)));
  });
  if (!free) fail(`Port ${port} is in use. Choose another with: npm start -- --port N`);
}

/** `wrangler dev`: workerd with local D1, KV, Queues and R2. Its end, for whatever reason, is ours. */
function serve({ directory, saved }: State): void {
  const overrides = [...Object.keys(vars), ...OPTIONAL_SECRETS].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : ['--var', `${name}:${value}`];
  });
  const inspector = values['inspector-port'];
  const options = ['--port', String(port), '--persist-to', directory, '--log-level', 'error', ...overrides];
  if (inspector) options.push('--inspector-port', inspector);
  const child = startWrangler(['dev', ...options, '--show-interactive-dev-session=false'], { env: secretsOf(saved) });
  child.on('exit', (code) => process.exit(code ?? 0));
  // Ctrl-C reaches wrangler by itself; whoever ends only us means it, too.
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGINT', () => child.kill('SIGINT'));
}

function secretsOf({ jwtSecret, auditSigningKey }: State['saved']): Record<string, string> {
  const { JWT_SECRET = jwtSecret, AUDIT_SIGNING_KEY = auditSigningKey } = process.env;
  return { JWT_SECRET, AUDIT_SIGNING_KEY };
}

async function untilReady(): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const response = await fetch(`${url}/health`).catch(() => null);
    if (response?.ok) return;
    await new Promise((wake) => setTimeout(wake, 200));
  }
  fail('The server did not become ready within a minute.');
}

function greet({ directory, saved }: State, api: Api | null): void {
  const { admin, analyst } = saved;
  console.log(`
Edgewatch is ready on ${url}

  Console         ${url}
  API reference   ${url}/docs   (also /swagger, /redoc, /openapi.json)
  Sign in         ${admin.username} / ${api ? admin.password : '(the password was changed since)'}${
    analyst ? `\n  as analyst      ${analyst.username} / ${analyst.password}` : ''
  }
  Data            ${directory}

Ctrl-C stops it; the data stays.
`);
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

if (values.help) console.log(HELP);
else if (!Number.isInteger(port) || port < 1 || port > 65_535) fail('--port must be a number from 1 to 65535.');
else await main().catch((error: Error) => fail(error.message));
