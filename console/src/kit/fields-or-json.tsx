import { type ReactNode, useState } from 'react';
import { classes } from '../ui/classes.ts';
import { CodeBlock } from '../ui/code-block.tsx';

/** A thing as fields, or as the JSON that the API gave. */
export function FieldsOrJson({ value, children }: { value: unknown; children: ReactNode }) {
  const [showsJson, setShowsJson] = useState(false);
  const tab = (label: string, isJson: boolean) => (
    <button
      type="button"
      aria-pressed={showsJson === isJson}
      onClick={() => setShowsJson(isJson)}
      className={classes(
        'h-7 rounded px-2.5 text-xs font-medium',
        showsJson === isJson ? 'bg-chosen' : 'text-muted hover:text-text',
      )}
    >
      {label}
    </button>
  );
  return (
    <div className="space-y-3">
      <div className="inline-flex gap-0.5 rounded-md border border-line p-0.5">
        {tab('Fields', false)}
        {tab('JSON', true)}
      </div>
      {showsJson ? <CodeBlock label="JSON" code={JSON.stringify(value, null, 2)} /> : children}
    </div>
  );
}
