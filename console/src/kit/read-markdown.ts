/** A part of a text in Markdown. Whatever is not known here stays the text that it is. */
export type Block =
  | { kind: 'heading'; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'quote'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'list'; isOrdered: boolean; items: string[] };

const FENCE = /^```/;
const HEADING = /^#{1,6} +/;
const QUOTE = /^> ?/;
const BULLET = /^ {0,3}[-*+] +/;
const NUMBER = /^ {0,3}\d{1,9}[.)] +/;

/** Cuts a text into its blocks: headings, lists, quotes, code and paragraphs. */
export function readMarkdown(text: string): Block[] {
  const lines = text.split(/\r\n|\r|\n/);
  const blocks: Block[] = [];
  while (lines.length > 0) {
    const line = lines[0] ?? '';
    if (line.trim() === '') lines.shift();
    else if (FENCE.test(line)) blocks.push(takeCode(lines));
    else if (HEADING.test(line)) blocks.push({ kind: 'heading', text: (lines.shift() ?? '').replace(HEADING, '') });
    else if (QUOTE.test(line)) blocks.push({ kind: 'quote', text: take(lines, QUOTE).join('\n') });
    else if (BULLET.test(line)) blocks.push({ kind: 'list', isOrdered: false, items: take(lines, BULLET) });
    else if (NUMBER.test(line)) blocks.push({ kind: 'list', isOrdered: true, items: take(lines, NUMBER) });
    else blocks.push({ kind: 'paragraph', text: takeParagraph(lines) });
  }
  return blocks;
}

/** The lines that begin so, without their beginning. */
function take(lines: string[], beginning: RegExp): string[] {
  const end = lines.findIndex((line) => !beginning.test(line));
  return lines.splice(0, end === -1 ? lines.length : end).map((line) => line.replace(beginning, ''));
}

function takeCode(lines: string[]): Block {
  lines.shift();
  const end = lines.findIndex((line) => FENCE.test(line));
  const code = lines.splice(0, end === -1 ? lines.length : end);
  lines.shift();
  return { kind: 'code', text: code.join('\n') };
}

function takeParagraph(lines: string[]): string {
  const isEnd = (line: string) =>
    line.trim() === '' || [FENCE, HEADING, QUOTE, BULLET, NUMBER].some((beginning) => beginning.test(line));
  const end = lines.findIndex((line, index) => index > 0 && isEnd(line));
  return lines.splice(0, end === -1 ? lines.length : end).join('\n');
}
