import { CopyButton } from './copy-button.tsx';

/** Code to read or to copy. It scrolls sideways rather than wrap. */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  return (
    <figure className="relative w-full min-w-0 text-left">
      <figcaption className="sr-only">{label}</figcaption>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
        tabIndex={0}
        className="max-h-[32rem] overflow-auto rounded-md border border-line bg-surface p-3 pr-10 font-mono text-xs leading-relaxed"
      >
        <code>{code}</code>
      </pre>
      <div className="absolute top-1 right-1">
        <CopyButton text={code} label="Copy" />
      </div>
    </figure>
  );
}
