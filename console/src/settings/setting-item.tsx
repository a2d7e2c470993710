import { KeyRound } from 'lucide-react';
import { InlineMarkdown } from '../kit/inline-markdown.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import type { Setting } from './settings-queries.ts';

/** A setting: what it does, what is in force, and by which name it is changed. */
export function SettingItem({ setting }: { setting: Setting }) {
  const { name, description, secret } = setting;
  return (
    <li className="grid gap-x-6 gap-y-1 px-3 py-2 sm:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="min-w-0">
        <p className="flex items-center gap-1">
          <code className="font-mono text-xs font-medium break-all">{name}</code>
          <CopyButton text={secret ? `npx wrangler secret put ${name}` : name} label={`Copy how to set ${name}`} />
        </p>
        <p className="text-muted">
          <InlineMarkdown text={description} />
        </p>
      </div>
      <div className="min-w-0 self-center break-words">
        <SettingValue setting={setting} />
      </div>
    </li>
  );
}

function SettingValue({ setting: { secret, set, value } }: { setting: Setting }) {
  if (secret) {
    return (
      <span className="inline-flex items-center gap-1">
        <KeyRound aria-hidden className="size-4 text-muted" />
        {set ? 'Secret, set' : 'Secret, not set'}
      </span>
    );
  }
  if (!set) return <span className="text-muted">Not set</span>;
  return <code className="font-mono text-xs">{Array.isArray(value) ? value.join(', ') : String(value)}</code>;
}
