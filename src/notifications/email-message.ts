import { html } from 'hono/html';
import { fitText } from './fit-text.ts';
import { lookOf } from './severity-look.ts';
import type { Told } from './told.ts';

// RFC 5322 allows 998 characters of a line; most readers show the first eighty.
const MAX_SUBJECT = 200;

export type Email = { subject: string; text: string; html: string };

/** What is sent by e-mail, as text and as a page. `html` escapes whatever people and sensors wrote. */
export function emailMessage(told: Told): Email {
  return { subject: subjectOf(told), text: textOf(told), html: String(pageOf(told)) };
}

/** One line, since a title is: nothing in it begins another header. */
function subjectOf(told: Told): string {
  return fitText(`${lookOf(told).sign} ${told.title}`, { max: MAX_SUBJECT });
}

function textOf({ title, body, facts, url }: Told): string {
  const table = facts.map(({ name, value }) => `${name}: ${value}`).join('\n');
  return [title, body, table, url ?? ''].filter(Boolean).join('\n\n');
}

function pageOf(told: Told) {
  const { title, body, facts, url } = told;
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title}</title></head>
<body style="font-family:sans-serif;color:#111827">
<h1 style="font-size:18px;border-left:6px solid ${lookOf(told).colour};padding-left:10px">${title}</h1>
${body ? html`<p style="white-space:pre-wrap">${body}</p>` : ''}
${facts.length > 0 ? html`<table>${facts.map(rowOf)}</table>` : ''}
${url ? html`<p><a href="${url}">Open in Edgewatch</a></p>` : ''}
</body>
</html>
`;
}

function rowOf({ name, value }: Told['facts'][number]) {
  return html`<tr><th style="text-align:left;padding-right:16px">${name}</th><td>${value}</td></tr>`;
}
