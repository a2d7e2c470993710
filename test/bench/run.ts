import { readFile, writeFile } from 'node:fs/promises';
import { measureAlertDelay } from './alert-delay.ts';
import { compare } from './compare.ts';
import { billsOf, countOperations } from './cost.ts';
import { untilIdle } from './measure.ts';
import { OPERATIONS } from './operations.ts';
import { HELP, readOptions } from './options.ts';
import { memoryMb } from './processes.ts';
import { profile } from './profile.ts';
import { reportBills, reportCounts, reportProfile, reportResult, reportTargets, table } from './report.ts';
import { cpuMs } from './results.ts';
import { requireSameAnswers } from './same-answers.ts';
import { Session } from './session.ts';
import type { Side } from './side.ts';
import { measureStartup } from './startup.ts';
import { type Findings, targetsOf } from './targets.ts';

const options = optionsOrExit();
const operations = OPERATIONS.filter(({ name }) => options.ops.includes(name));
const session = new Session(options);

function optionsOrExit() {
  try {
    return readOptions(OPERATIONS);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

async function main(): Promise<void> {
  await import('../../scripts/build-assets.ts');
  if (options.profile) return showProfile();
  say('bundling, and timing the start');
  const bundle = await session.bundle('product');
  const startupMs = await measureStartup(session.directory);
  const findings: Findings = { results: [], bundle, startupMs };
  const sides = await startSides(findings);
  for (const operation of operations) {
    say(`measuring ${operation.name}`);
    const result = await compare({ operation, sides, ...options });
    findings.results.push(result);
    console.log(reportResult(result));
  }
  findings.alertDelay = await alertDelay(sides[0]);
  console.log(`\nmemory at the end, MB\n${table(sides.map((side) => [side.name, memoryMb(side.servers).toFixed(0)]))}`);
  await session.stopAll();
  if (options.cost) await addCosts(findings);
  await conclude(findings);
}

async function startSides({ bundle }: Findings): Promise<[Side, Side, ...Side[]]> {
  say(`filling the databases with ${options.rows} events`);
  const product = await session.start('product', bundle);
  const floor = await session.start('floor', await session.bundle('floor'));
  await requireSameAnswers([product, floor], operations, options.rows);
  return [product, floor, ...(options.peers ? await session.startPeers(options.peers) : [])];
}

async function alertDelay(product: Side) {
  say('measuring how soon alerts can be read');
  await untilIdle(product);
  return measureAlertDelay(product);
}

async function addCosts(findings: Findings): Promise<void> {
  say('counting what requests use');
  const side = await session.start('counted', await session.bundle('counted'));
  findings.counts = await countOperations(side, options.rows);
  const cpu = findings.results.flatMap(({ operation, sides }) => {
    const measured = sides.get('product');
    return measured ? [[operation, cpuMs(measured)] as const] : [];
  });
  findings.bills = billsOf(findings.counts, new Map(cpu));
  console.log(`${reportCounts(findings.counts)}\n${reportBills(findings.bills)}`);
}

async function conclude(findings: Findings): Promise<void> {
  const { bytes, gzipped } = findings.bundle;
  console.log(`\nbundle: ${(bytes / 1024).toFixed(0)} KiB, ${(gzipped / 1024).toFixed(0)} KiB gzipped`);
  const targets = targetsOf(findings);
  console.log(reportTargets(targets));
  if (!options.json) return;
  const plain = (_: string, value: unknown) => (value instanceof Map ? Object.fromEntries(value) : value);
  await writeFile(options.json, `${JSON.stringify({ options, ...findings, targets }, plain, 2)}\n`);
}

async function showProfile(): Promise<void> {
  const [operation] = operations;
  const next = operation?.asking('edgewatch', options.rows);
  if (!operation || !next) throw new Error('There is nothing to profile.');
  const bundle = await session.bundle('profiled');
  const side = await session.start('profiled', bundle);
  const code = await readFile(bundle.script, 'utf8');
  const found = await profile(side, { next, code, connections: options.connections, ms: options.seconds * 1000 });
  console.log(reportProfile(operation.name, found));
}

function say(text: string): void {
  console.log(`${text} …`);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => session.end().finally(() => process.exit(1)));
}

if (options.help) console.log(HELP);
else await main().finally(() => session.end());
