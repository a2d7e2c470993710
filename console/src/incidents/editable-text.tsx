import { Pencil } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { classes } from '../ui/classes.ts';
import { TextEditor } from './text-editor.tsx';

type Props = {
  label: string;
  value: string;
  /** False when it was not saved; the draft is then there again. */
  onSave: (value: string) => Promise<boolean>;
  mayEdit: boolean;
  isLong?: boolean;
  maxLength?: number;
  /** Values to choose from while typing. */
  suggestions?: readonly string[];
  /** How it is shown, where that is more than a line. */
  children?: ReactNode;
  className?: string;
};

/** Saved as of when the change began, so that it is refused when someone else changes the thing meanwhile; then as of now. */
type Draft = { text: string; onSave?: Props['onSave'] };

/** A text that is changed where it stands. Enter saves (with Ctrl where it has lines), Esc leaves it as it was. */
export function EditableText(props: Props) {
  const { label, value, onSave, mayEdit, children, className } = props;
  const [draft, setDraft] = useState<Draft | null>(null);
  const button = useRef<HTMLButtonElement>(null);

  async function save(text: string) {
    cancel();
    if (text !== value && !(await (draft?.onSave ?? onSave)(text))) setDraft({ text });
  }
  function cancel() {
    setDraft(null);
    focusSoon();
  }
  // Only where the field was left by key; who clicked elsewhere is there.
  function focusSoon() {
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) button.current?.focus();
    });
  }

  const shown = children ?? (value || <span className="text-muted">None</span>);
  if (!mayEdit) return <div className={className}>{shown}</div>;
  if (draft !== null) return <TextEditor {...props} draft={draft.text} onSave={save} onCancel={cancel} />;
  const edit = {
    ref: button,
    'data-edit': label,
    'aria-label': children ? `Edit ${label}` : `Edit ${label}: ${value || 'none'}`,
    onClick: () => setDraft({ text: value, onSave }),
  };
  if (children) {
    return (
      <div className={className}>
        {children}
        <Button {...edit} look="quiet" size="small" className="mt-1 -ml-2">
          <Pencil aria-hidden className="size-3.5" />
          Edit {label}
        </Button>
      </div>
    );
  }
  return (
    <button
      {...edit}
      type="button"
      className={classes('-mx-1 block max-w-full rounded px-1 text-left hover:bg-hover', className)}
    >
      {shown}
    </button>
  );
}
