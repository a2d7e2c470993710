import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';
import { newSigningKey } from './scripts/local/signing-key.ts';

// Secrets come from the environment, as wrangler reads them.
process.env.JWT_SECRET = 'a-secret-that-only-the-tests-have-0123456789';
process.env.AUDIT_SIGNING_KEY = newSigningKey();

// Every file of tests loads the Worker anew: what it depends on comes as few modules instead of hundreds.
const BUNDLED = [
  '@hono/zod-openapi',
  'adaptivecards',
  'csv-parse/sync',
  'drizzle-orm',
  'drizzle-orm/d1',
  'drizzle-orm/sqlite-core',
  'hono',
  'hono/body-limit',
  'hono/combine',
  'hono/cookie',
  'hono/cors',
  'hono/factory',
  'hono/html',
  'hono/http-exception',
  'hono/jwt',
  'hono/request-id',
  'hono/secure-headers',
  'hono/utils/url',
  'hyparquet',
  'jose',
  'otpauth',
  'zod',
];

const OUTSIDE = { testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false };

export default defineConfig(async () => ({
  test: {
    projects: [
      {
        // Inside workerd, against the real bindings.
        plugins: [
          cloudflareTest({
            main: './src/index.ts',
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              bindings: {
                TEST_MIGRATIONS: await readD1Migrations('./migrations'),
                CORS_ORIGINS: 'https://console.example,https://soc.example',
                // Requests of tests have no address, so all strangers are one.
                LIMIT_ADDRESS_REQUESTS: '100000',
                LIMIT_SIGN_INS: '100000',
              },
            },
          }),
        ],
        test: {
          name: 'worker',
          include: ['test/{unit,api,queue,jobs}/**/*.test.ts'],
          globalSetup: ['./test/support/provide-receiver.ts'],
          setupFiles: ['./test/support/migrate.ts'],
          deps: { optimizer: { ssr: { enabled: true, include: BUNDLED } } },
          // One starts while the other computes.
          maxWorkers: 2,
          testTimeout: 30_000,
        },
      },
      {
        // The product as people start it, from the outside.
        test: {
          ...OUTSIDE,
          name: 'journeys',
          include: ['test/{house,journeys,browser,chaos}/**/!(console-*).test.ts'],
        },
      },
      {
        // The console in a browser.
        test: {
          ...OUTSIDE,
          name: 'console',
          include: ['test/browser/console-*.test.ts'],
          // Each file has a product of its own. One starts while the other is looked at.
          fileParallelism: true,
          maxWorkers: 2,
        },
      },
    ],
  },
}));
