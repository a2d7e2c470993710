import { Square, SquareCheck } from 'lucide-react';
import { InlineMarkdown } from './inline-markdown.tsx';
import { type Block, readMarkdown } from './read-markdown.ts';

/** Text that people wrote in Markdown. It becomes elements, never HTML: a tag in it is shown as it was typed. */
export function Markdown({ text }: { text: string }) {
  return (
    <div className="space-y-2 break-words">
      {readMarkdown(text).map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the text is read anew as a whole
        <MarkdownBlock key={index} block={block} />
      ))}
    </div>
  );
}

function MarkdownBlock({ block }: { block: Block }) {
  switch (block.kind) {
    case 'heading':
      return (
        <p className="font-semibold">
          <InlineMarkdown text={block.text} />
        </p>
      );
    case 'paragraph':
      return (
        <p className="whitespace-pre-wrap">
          <InlineMarkdown text={block.text} />
        </p>
      );
    case 'quote':
      return (
        <blockquote className="border-l-2 border-control pl-3 whitespace-pre-wrap text-muted">
          <InlineMarkdown text={block.text} />
        </blockquote>
      );
    case 'code':
      return (
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
          tabIndex={0}
          className="overflow-x-auto rounded-md border border-line bg-surface p-2 font-mono text-xs"
        >
          <code>{block.text}</code>
        </pre>
      );
    case 'list':
      return <MarkdownList isOrdered={block.isOrdered} items={block.items} />;
  }
}

function MarkdownList({ isOrdered, items }: { isOrdered: boolean; items: string[] }) {
  const List = isOrdered ? 'ol' : 'ul';
  return (
    <List className={isOrdered ? 'list-decimal pl-6' : 'list-disc pl-6'}>
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the text is read anew as a whole
        <MarkdownItem key={index} text={item} />
      ))}
    </List>
  );
}

const TASK = /^\[([ xX])\] +/;

/** An item of a list; `[x]` and `[ ]` before it say that it is done, or to do. */
function MarkdownItem({ text }: { text: string }) {
  const [mark, box] = text.match(TASK) ?? [];
  if (!mark) {
    return (
      <li>
        <InlineMarkdown text={text} />
      </li>
    );
  }
  const [Icon, label] = box === ' ' ? ([Square, 'To do'] as const) : ([SquareCheck, 'Done'] as const);
  return (
    <li className="-ml-5 flex items-start gap-1.5">
      <Icon role="img" aria-label={label} className="mt-0.5 size-4 shrink-0" />
      <span className="min-w-0">
        <InlineMarkdown text={text.slice(mark.length)} />
      </span>
    </li>
  );
}
