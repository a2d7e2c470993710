import { readFile } from 'node:fs/promises';
import { createConfig, formatProblems, getTotals, lintFromString } from '@redocly/openapi-core';
import { api } from '../../src/api.ts';
import { openApiDocument } from '../../src/http/openapi.ts';

/** The snapshot: whoever changes the contract sees the change in review. */
export const SNAPSHOT = 'docs/openapi.json';

/** The document as the contracts make it. */
export function currentDocument(): string {
  return `${JSON.stringify(openApiDocument(api), null, 2)}\n`;
}

/** Fails when the contract moved and the snapshot did not. */
export async function checkSnapshot(): Promise<void> {
  const snapshot = await readFile(SNAPSHOT, 'utf8').catch(() => '');
  if (snapshot !== currentDocument())
    throw new Error(`The API changed: run \`npm run openapi\` and commit ${SNAPSHOT}.`);
}

/**
 * Redocly's strict rule set: every warning is an error. Its rule that every operation has a 2xx does not know of those that
 * lead a browser elsewhere; the tests of the examples find an operation that has neither.
 */
export async function lintDocument(): Promise<void> {
  const config = await createConfig({ extends: ['recommended-strict'], rules: { 'operation-2xx-response': 'off' } });
  const problems = await lintFromString({ source: currentDocument(), absoluteRef: SNAPSHOT, config });
  if (problems.length === 0) return;
  formatProblems(problems, { totals: getTotals(problems), format: 'stylish' });
  throw new Error(`${problems.length} faults in the OpenAPI document`);
}
