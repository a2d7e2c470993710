import { CopyButton } from '../ui/copy-button.tsx';

type Props = { label: string; text: string };

/** A secret that is on the screen this once: a key, or a link with a token in it. */
export function OneTimeText({ label, text }: Props) {
  return (
    <div className="space-y-1">
      <p className="font-medium">{label}</p>
      <div className="flex items-start gap-2 rounded-md border border-line bg-surface py-1 pr-1 pl-3">
        <code className="min-w-0 flex-1 py-1.5 font-mono text-xs break-all">{text}</code>
        <CopyButton text={text} label={`Copy the ${label.toLowerCase()}`} />
      </div>
      <p className="text-muted">It is not shown again.</p>
    </div>
  );
}
