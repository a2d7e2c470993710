import { html, raw } from 'hono/html';
import type { AlertWithEvent } from '../alerts/contract.ts';
import type { Evidence } from '../evidence/contract.ts';
import type { Note } from '../notes/contract.ts';
import type { Incident } from './contract.ts';
import { MAX_PARTS, type Report } from './print-incident.ts';
import { REPORT_STYLE } from './report-style.ts';
import type { Entry } from './timeline-contract.ts';

type Facts = [string, string | number | null][];
type Part = { title: string; facts: Facts; text: string };

/** A report as a page to be printed. `html` escapes whatever people and sensors wrote. */
export function reportPage({ incident, alerts, notes, files, timeline, printedBy, printedAt }: Report) {
  const name = `Incident ${incident.id}: ${incident.title}`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${name}</title>
<style>${raw(REPORT_STYLE)}</style>
</head>
<body>
<header><h1>${name}</h1>${showFacts(factsOf(incident))}</header>
<main>
<section><h2>Description</h2><pre>${incident.description || 'None.'}</pre></section>
${section('Alerts', { items: alerts.rows.map(alertPart).map(showPart), isCut: alerts.nextCursor !== null })}
${section('Notes', { items: notes.rows.map(notePart).map(showPart), isCut: notes.nextCursor !== null })}
${section('Evidence', { items: files.rows.map(filePart).map(showPart), isCut: files.nextCursor !== null })}
${section('Timeline', { items: [html`<ol>${timeline.rows.map(showEntry)}</ol>`], isCut: timeline.nextCursor !== null })}
</main>
<footer>Printed by ${printedBy} at ${printedAt.toISOString()}.</footer>
</body>
</html>
`;
}

type Html = ReturnType<typeof html>;

function section(heading: string, { items, isCut }: { items: Html[]; isCut: boolean }): Html {
  const end = isCut ? html`<p>There are more than these ${MAX_PARTS}.</p>` : '';
  return html`<section><h2>${heading}</h2>${items.length > 0 ? items : html`<p>None.</p>`}${end}</section>`;
}

function showPart({ title, facts, text }: Part): Html {
  return html`<article><h3>${title}</h3>${showFacts(facts)}${text ? html`<pre>${text}</pre>` : ''}</article>`;
}

function showFacts(facts: Facts): Html {
  const known = facts.filter(([, value]) => value !== null && value !== '');
  return html`<dl>${known.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}

const time = (at: Date | null) => at?.toISOString() ?? null;

function factsOf(incident: Incident): Facts {
  const { createdAt, mitigatedAt, resolvedAt } = incident;
  return [
    ['Severity', incident.severity],
    ['Status', incident.status],
    ['Service', incident.service],
    ['Owner', incident.owner],
    ['Assignee', incident.assignee],
    ['Tags', incident.tags.join(', ')],
    ['Opened', time(createdAt)],
    ['Updated', time(incident.updatedAt)],
    ['Mitigated', time(mitigatedAt)],
    ['Resolved', time(resolvedAt)],
    ['Archived', time(incident.archivedAt)],
    ['Time to mitigate', mitigatedAt && duration(createdAt, mitigatedAt)],
    ['Time to resolve', resolvedAt && duration(createdAt, resolvedAt)],
  ];
}

/** `2 d 3 h 4 min`, in whole minutes. */
function duration(from: Date, to: Date): string {
  const minutes = Math.floor((to.getTime() - from.getTime()) / 60_000);
  const parts = [
    [Math.floor(minutes / 1_440), 'd'],
    [Math.floor(minutes / 60) % 24, 'h'],
  ] as const;
  const longer = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit} `);
  return `${longer.join('')}${minutes % 60} min`;
}

function alertPart({ alert, event }: AlertWithEvent): Part {
  return {
    title: `Alert ${alert.id}: ${event.eventType}`,
    facts: [
      ['Severity', alert.severity],
      ['Status', alert.status],
      ['Verdict', alert.verdict],
      ['Source', event.source],
      ['Assignee', alert.assignee],
      ['Events', alert.eventCount],
      ['First seen', time(alert.firstSeen)],
      ['Last seen', time(alert.lastSeen)],
      ['Acknowledged', time(alert.acknowledgedAt)],
      ['Resolved', time(alert.resolvedAt)],
    ],
    text: event.description,
  };
}

function notePart(note: Note): Part {
  const facts: Facts = [
    ['Written', time(note.createdAt)],
    ['Edited', time(note.editedAt)],
  ];
  return { title: note.author, facts, text: note.body };
}

function filePart(file: Evidence): Part {
  return {
    title: file.filename,
    facts: [
      ['Bytes', file.size],
      ['Type', file.mediaType],
      ['SHA-256', file.sha256],
      ['Added by', file.uploadedBy],
      ['Added', time(file.createdAt)],
    ],
    text: '',
  };
}

function showEntry({ timestamp, actor, action, changes, alert_id, filename }: Entry): Html {
  const fields = changes.map(({ field }) => field).join(', ');
  const about = [fields, alert_id === null ? '' : `alert ${alert_id}`, filename ?? ''].filter(Boolean).join(', ');
  return html`<li>${timestamp} ${actor} ${action}${about ? html` (${about})` : ''}</li>`;
}
