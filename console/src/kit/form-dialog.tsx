import { type ReactNode, useEffect, useRef, useState } from 'react';
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

const bringIntoView = (element: HTMLElement | null) => element?.scrollIntoView({ block: 'nearest' });

/** A window with a form. What was refused has the focus. Esc asks before it drops what somebody has written. */
export function FormDialog({ title, action, form, known, onClose, children }: Props) {
  const element = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (form.problem) element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [form.problem]);
  const [isTouched, setIsTouched] = useState(false);
  const [asks, setAsks] = useState(false);
  const leave = () => (isTouched && !asks ? setAsks(true) : onClose());
  return (
    <Dialog onClose={leave} title={title} wide>
      <form
        ref={element}
        className="space-y-4"
        onInput={() => {
          setIsTouched(true);
          setAsks(false);
        }}
        onSubmit={(event) => {
          event.preventDefault();
          form.save();
        }}
      >
        {children}
        <FormProblem problem={form.problem} known={known} />
        {asks && (
          <p role="alert" ref={bringIntoView}>
            This is not saved. Close it once more to drop what you wrote.
          </p>
        )}
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
