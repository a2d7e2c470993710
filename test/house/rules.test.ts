import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from '../../src/core/zod.ts';

const FEATURES = [
  'identity',
  'sensors',
  'events',
  'alerts',
  'incidents',
  'notes',
  'evidence',
  'reports',
  'audit',
  'retention',
  'grouping',
  'silences',
  'escalation',
  'notifications',
  'live',
  'views',
  'settings',
];

// Their values come from the configuration.
const WITHOUT_TABLE = ['settings'];

type Source = { path: string; feature: string; text: string };

const names = (await readdir('src', { recursive: true })).filter((name) => name.endsWith('.ts'));
const sources: Source[] = await Promise.all(
  names.map(async (name) => ({
    path: `src/${name}`,
    feature: dirname(name),
    text: await readFile(`src/${name}`, 'utf8'),
  })),
);
const ofFeatures = sources.filter(({ feature }) => FEATURES.includes(feature));

describe('operations', () => {
  // What takes `Call<…>` is an operation: HTTP, queue and cron may call it.
  const operations = ofFeatures.filter(({ text }) => /export async function \w+\(\{\s*ctx\b/.test(text));

  it('are there', () => {
    expect(operations.length).toBeGreaterThan(15);
  });

  it.each(operations)('$path authorises on its first line', ({ text }) => {
    const bodies = [...text.matchAll(/export async function \w+\(\{\s*ctx\b[\s\S]*?\): Promise<[\s\S]*?> \{\n(.*)\n/g)];
    expect(bodies.length).toBeGreaterThan(0);
    for (const [, firstLine] of bodies) expect(firstLine).toMatch(/^ {2}authorize\(ctx\.actor, '[a-z_.]+'\);$/);
  });

  it.each(operations)('$path exports what its name says', ({ path, text }) => {
    const name = basename(path, '.ts').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    expect(text).toContain(`export async function ${name}(`);
  });
});

describe('a feature', () => {
  it.each(ofFeatures)('writes its own tables only: $path', ({ text }) => {
    const foreign = [...text.matchAll(/import \{([^}]*)\} from '\.\.\/(\w+)\/table\.ts'/g)].flatMap(([, list = '']) =>
      list.split(',').map((table) => table.trim()),
    );
    const written = [
      ...text.matchAll(/(?:insert|update|delete)\((\w+)\)|(?:INSERT INTO|UPDATE|DELETE FROM) \$\{(\w+)\}/g),
    ];
    for (const [, builder, template] of written) expect(foreign).not.toContain(builder ?? template);
  });

  it.each(FEATURES.filter((feature) => !WITHOUT_TABLE.includes(feature)))(
    '%s keeps its table in table.ts',
    (feature) => {
      const definers = ofFeatures.filter(
        (source) => source.feature === feature && source.text.includes('sqliteTable('),
      );
      expect(definers.map(({ path }) => basename(path))).toEqual(['table.ts']);
    },
  );
});

describe('routes', () => {
  const routes = sources.filter(({ path }) => path.endsWith('routes.ts') || path.endsWith('/health.ts'));

  it.each(routes)('$path guards every route', ({ text }) => {
    // A route has a guard of its own or takes over one with what several routes share.
    const shared = [...text.matchAll(/^const (\w+) = \{[\s\S]*?^\}(?: as const)?;|^const (\w+) = \{.*\};$/gm)]
      .filter(([block]) => block.includes("...guard('"))
      .map(([, long, short]) => `...${long ?? short}`);
    const routesOfFile = text.split('createRoute(').slice(1);
    expect(routesOfFile.length).toBeGreaterThan(0);
    for (const route of routesOfFile) {
      const definition = route.slice(0, route.indexOf('});'));
      expect(["...guard('", ...shared].some((guard) => definition.includes(guard))).toBe(true);
    }
  });

  it.each(routes)('$path has handlers of at most eight lines', ({ text }) => {
    for (const [handler] of text.matchAll(/async \(c\) => \{\n[\s\S]*?\n {2}\}\)/g)) {
      expect(handler.split('\n').length).toBeLessThanOrEqual(10);
    }
  });
});

describe('the small zod', () => {
  const used = sources.flatMap(({ text }) => [...text.matchAll(/\bz\.([a-zA-Z0-9]+)/g)].map(([, name = '']) => name));
  const inTypes = ['input', 'output', 'infer', 'core'];

  it.each([...new Set(used)].filter((name) => !inTypes.includes(name)))('has %s, which the code uses', (name) => {
    expect(Object.keys(z)).toContain(name);
  });
});

describe('nowhere', () => {
  it.each(sources)('$path runs raw SQL text, silences the compiler or leaves work undone', ({ text }) => {
    expect(text).not.toMatch(/sql\.raw|@ts-ignore|@ts-expect-error|@ts-nocheck|\bTODO\b|\bFIXME\b|as any\b/);
  });

  it('has a file without a room', () => {
    const rooms = new Set(['.', 'http', 'core', 'db', 'queue', 'jobs', ...FEATURES]);
    expect(sources.filter(({ feature }) => !rooms.has(feature)).map(({ path }) => path)).toEqual([]);
  });
});
