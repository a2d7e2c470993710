import { checkBundle } from './check/bundle.ts';
import { checkMigrations } from './check/migrations.ts';
import { checkSnapshot, lintDocument } from './check/openapi.ts';
import { run } from './check/run.ts';
import { scanForSecrets } from './check/secrets.ts';
import { writeSchemaTypes } from './console/schema-types.ts';

const STEPS: [string, () => Promise<unknown>][] = [
  ['binding types are current', () => run('wrangler', ['types', '--check', '--strict-vars', 'false'])],
  ['types', () => run('tsc', ['-p', '.'])],
  ['types of the console', () => writeSchemaTypes().then(() => run('tsc', ['-p', 'console']))],
  ['lint and format', () => run('biome', ['ci', '--colors=off', '--error-on-warnings', '.'])],
  ['migrations match the tables', checkMigrations],
  ['OpenAPI snapshot is current', checkSnapshot],
  ['OpenAPI passes the strict linter', lintDocument],
  ['no file holds a secret', scanForSecrets],
  ['the Worker can be deployed and is small', () => import('./build-assets.ts').then(checkBundle)],
];

for (const [name, step] of STEPS) {
  try {
    const found = await step();
    console.log(typeof found === 'string' ? `✓ ${name}: ${found}` : `✓ ${name}`);
  } catch (error) {
    console.log(`✗ ${name}\n${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
