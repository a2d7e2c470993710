import type { ReactNode } from 'react';

// One at a time, from the left: code, a link by name, an address, strong, emphasis. Each is bounded, so that no text
// takes long.
const MARK =
  /`([^`\n]{1,1000})`|\[([^\]\n]{1,300})\]\((https?:\/\/[^\s)]{1,2000})\)|(https?:\/\/[^\s<>"')\]]{1,2000})|\*\*([^*\n]{1,1000})\*\*|(?<!\w)[*_]([^*_\n]{1,1000})[*_](?!\w)/g;

/** The marks within a line of Markdown as elements. Links lead to the web only, never to a script. */
export function InlineMarkdown({ text }: { text: string }) {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const match of text.matchAll(MARK)) {
    parts.push(text.slice(end, match.index), elementOf(match));
    end = match.index + match[0].length;
  }
  return [...parts, text.slice(end)];
}

function elementOf(match: RegExpExecArray): ReactNode {
  const { index } = match;
  const [, code, name, target, address, strong, emphasis] = match;
  if (code) {
    return (
      <code key={index} className="rounded bg-hover px-1 font-mono text-[0.9em]">
        {code}
      </code>
    );
  }
  const url = target ?? address;
  if (url) {
    return (
      <a key={index} href={url} target="_blank" rel="noopener noreferrer" className="text-accent underline">
        {name ?? url}
      </a>
    );
  }
  return strong ? <strong key={index}>{strong}</strong> : <em key={index}>{emphasis}</em>;
}
