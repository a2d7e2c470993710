import { parseArgs } from 'node:util';
import './build-pages.ts';
import { startWrangler } from './local/wrangler.ts';

// The console as Cloudflare Pages serves it, on this machine, beside a Worker that `npm start` runs.
const { values } = parseArgs({
  options: { port: { type: 'string', default: '8788' }, 'inspector-port': { type: 'string' } },
});
const inspector = values['inspector-port'];

const FLAGS = ['--ip', 'localhost', '--log-level', 'error', '--show-interactive-dev-session=false'];
const debugging = inspector ? ['--inspector-port', inspector] : [];
const child = startWrangler(['pages', 'dev', '--cwd', 'pages', '--port', values.port, ...FLAGS, ...debugging]);
child.on('exit', (code) => process.exit(code ?? 0));
process.on('SIGTERM', () => child.kill('SIGTERM'));
process.on('SIGINT', () => child.kill('SIGINT'));
console.log(`The console as on Pages: http://localhost:${values.port}`);
