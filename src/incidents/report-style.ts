import { createHash } from 'node:crypto';

/** How a report looks: black on white on paper, as the reader likes it on a screen. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; }
body { max-width: 48rem; margin: 2rem auto; padding: 0 1rem; font: 11pt/1.45 system-ui, sans-serif; }
h1 { font-size: 1.6em; line-height: 1.2; margin: 0.2em 0 0.8em; }
h2 { font-size: 1.2em; margin: 1.6em 0 0.5em; border-bottom: 1px solid; }
h3 { font-size: 1em; margin: 0 0 0.2em; }
h1, h2, h3, dd, pre, li { overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.1em 1em; margin: 0; }
dt { font-weight: 600; }
dd { margin: 0; }
pre { margin: 0.4em 0 0; font: inherit; white-space: pre-wrap; }
article { margin: 0 0 1em; padding-left: 0.8em; border-left: 3px solid; }
ol { padding-left: 1.5em; }
footer { margin-top: 2em; border-top: 1px solid; }
@page { size: A4; margin: 18mm; }
@media print {
  :root { color-scheme: light; }
  body { max-width: none; margin: 0; padding: 0; color: #000; background: #fff; font-size: 10pt; }
  h1, h2, h3 { break-after: avoid; }
  article, li, dl { break-inside: avoid; }
}
`;

const hash = createHash('sha256').update(REPORT_STYLE).digest('base64');

/** All that a browser may do with a report is show it in this style: no script, no resource, no frame, no form. */
export const REPORT_POLICY = [
  "default-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  `style-src 'sha256-${hash}'`,
  'sandbox',
].join('; ');
