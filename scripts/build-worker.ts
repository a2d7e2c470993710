import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { parseAst as ParseAst } from 'vite';
import { unlessCurrent, writeWhole } from './unless-current.ts';

/*
 * The source as the Worker needs it: without what routes and schemas say of themselves, which is for the OpenAPI document
 * and a sixteenth of the bundle, nor the schemas of answers that only this names. `wrangler` runs this before it bundles
 * (docs/decisions/0021-a-small-worker.md).
 */
const FROM = 'src';
const TO = 'dist/worker';

/** What wrangler is pointed at; types come from the source. */
const ENTRY = { 'index.js': './src/index.ts', 'index.d.ts': '../../src/index.ts' };

/** What `createRoute` is told for the document only. */
const DOCUMENTATION = ['tags', 'summary', 'description', 'operationId', 'responses'];

/** Around what makes a constant: the bundler then leaves out, with all that it calls, what nothing uses. */
const UNLESS_UNUSED = ['/* @__PURE__ */ (() => (', '))(/* unless unused */)'];
const MAKERS = ['CallExpression', 'ObjectExpression'];

// biome-ignore lint/suspicious/noExplicitAny: nodes of every kind are walked alike
type Node = any;
type Range = { start: number; end: number };

await unlessCurrent({
  result: join(TO, 'index.js'),
  sources: [FROM, 'scripts/build-worker.ts', 'package-lock.json'],
  build,
});

async function build(): Promise<void> {
  const { parseAst } = await import('vite');
  for (const name of await readdir(FROM, { recursive: true })) {
    if (!name.endsWith('.ts')) continue;
    const code = await readFile(join(FROM, name), 'utf8');
    await write(join(TO, 'src', name), forTheWorker(code, parsed(code, parseAst)));
  }
  for (const [name, source] of Object.entries(ENTRY)) {
    await write(join(TO, name), `export { default, LiveHub } from '${source}';\n`);
  }
}

/** Only blanks out and marks: lines in traces are those of the source. */
function forTheWorker(code: string, program: Node): string {
  const blanked = documentationIn(program).reduce(
    (text, { start, end }) => text.slice(0, start) + text.slice(start, end).replaceAll(/[^\n]/g, ' ') + text.slice(end),
    code,
  );
  // From the last to the first, so that places stay what they were.
  return constantsIn(program).reduceRight((text, { start, end }) => {
    const [before, behind] = UNLESS_UNUSED;
    return text.slice(0, start) + before + text.slice(start, end) + behind + text.slice(end);
  }, blanked);
}

/** Nothing of a file with a mistake: the bundler says what is wrong with it, and `npm start` goes on when it is mended. */
function parsed(code: string, parseAst: typeof ParseAst): Node {
  try {
    return parseAst(code, { lang: 'ts' });
  } catch {
    return null;
  }
}

/** What makes the constants of a module. None of ours does more than that, so what is unused need not be made. */
function constantsIn(program: Node): Range[] {
  const declared = (program?.body ?? []).map((statement: Node) => statement.declaration ?? statement);
  return declared
    .flatMap(({ declarations }: Node) => declarations ?? [])
    .flatMap(({ init }: Node) => (MAKERS.includes(init?.type) ? [init] : []));
}

function documentationIn(node: Node): Range[] {
  if (node === null || typeof node !== 'object') return [];
  const inside = Object.values(node).flatMap(documentationIn);
  return node.type === 'CallExpression' ? [...inside, ...documentationOf(node)] : inside;
}

/** Of `schema.openapi(…)` the call, of `createRoute({ … })` some properties; `router.openapi(route, handler)` stays. */
function documentationOf({ callee, arguments: given, end }: Node): Range[] {
  if (callee.name === 'createRoute') return documentingProperties(given[0]);
  const describes = callee.property?.name === 'openapi' && !given.at(-1)?.type.includes('Function');
  return describes ? [{ start: callee.object.end, end }] : [];
}

/** Each with the comma behind it. */
function documentingProperties({ properties, end }: Node): Range[] {
  return properties.flatMap(({ key, start }: Node, index: number) =>
    DOCUMENTATION.includes(key?.name) ? [{ start, end: properties[index + 1]?.start ?? end - 1 }] : [],
  );
}

/** Leaves files that are as they should be alone: another instance may be watching them. */
async function write(file: string, text: string): Promise<void> {
  if ((await readFile(file, 'utf8').catch(() => '')) !== text) await writeWhole(file, text);
}
