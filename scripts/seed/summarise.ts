import { ALERT_STATUSES } from '../../src/alerts/lifecycle.ts';
import { SEVERITIES } from '../../src/core/severity.ts';
import { INCIDENT_STATUSES } from '../../src/incidents/lifecycle.ts';
import type { Data } from './make-data.ts';
import type { Options } from './options.ts';

/** What was stored, as a table, and what to do next. */
export function summarise(data: Data, { days, state }: Options): string {
  const severities = tally(
    SEVERITIES,
    data.planned.map(({ scene: [, severity] }) => severity),
  );
  const alerts = tally(
    ALERT_STATUSES,
    data.alerts.map(({ status }) => status),
  );
  const incidents = tally(
    INCIDENT_STATUSES,
    data.incidents.filter((incident) => !isDeleted(incident)).map(({ status }) => status),
  );
  const shelved = `${data.incidents.filter(isArchived).length} archived, ${data.incidents.filter(isDeleted).length} deleted`;
  const rows: [string, number, string][] = [
    ['events', data.planned.length, `${severities}; over ${days} days`],
    ['alerts', data.alerts.length, alerts],
    ['incidents', data.incidents.length, `${incidents}; ${shelved}`],
    ['notes', data.notes.length, `${data.revisions.length} edits`],
    ['audit rows', data.auditRows.length, ''],
    ['sensors', data.sensors.length, ''],
    ['people', data.people.length, ''],
  ];
  const table = rows.map(([what, count, more]) =>
    `  ${what.padEnd(12)}${count.toLocaleString('en').padStart(9)}   ${more}`.trimEnd(),
  );
  const option = state === '.wrangler/state' ? '' : ` -- --state ${state}`;
  return `\n${table.join('\n')}\n\nNow run: npm start${option}\nIt shows how to sign in. Reports count the new events within minutes.\n`;
}

function isArchived({ archivedAt, deletedAt }: Data['incidents'][number]): boolean {
  return archivedAt !== null && deletedAt === null;
}

function isDeleted({ deletedAt }: Data['incidents'][number]): boolean {
  return deletedAt !== null;
}

/** `3 open, 1 resolved`. */
function tally<Word extends string>(words: readonly Word[], found: Word[]): string {
  return words.map((word) => `${found.filter((one) => one === word).length.toLocaleString('en')} ${word}`).join(', ');
}
