import { type ReactNode, useEffect, useRef } from 'react';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FormProblem } from './form-problem.tsx';
import type { Save } from './use-save.ts';

type Props = {
  title: string;
  /** What the form does, as its button says it: "Add channel". */
  action: string;
  form: Save;
  /** The pointers of its fields: what is wrong with them they say themselves. */
  known: readonly string[];
  onClose: () => void;
  children: ReactNode;
};

/** A window with a form. What was refused has the focus. */
export function FormDialog({ title, action, form, known, onClose, children }: Props) {
  const element = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (form.problem) element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [form.problem]);
  return (
    <Dialog onClose={onClose} title={title} wide>
      <form
        ref={element}
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          form.save();
        }}
      >
        {children}
        <FormProblem problem={form.problem} known={known} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={form.isBusy}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
