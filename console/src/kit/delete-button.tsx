import { type ReactNode, useState } from 'react';
import { toast, toastProblem } from '../shell/toast.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';

type Props = {
  name: string;
  /** What it is: "rule". */
  thing: string;
  /** Deletes it and reads the list again. */
  send: () => Promise<unknown>;
  /** What else comes of it. */
  children: ReactNode;
};

/** Deletes a thing of a list, after asking. */
export function DeleteButton({ name, thing, send, children }: Props) {
  const [asks, setAsks] = useState(false);
  const remove = () => send().then(() => void toast({ title: `${name} deleted` }), toastProblem);
  return (
    <>
      <Button size="small" aria-label={`Delete ${name}`} onClick={() => setAsks(true)}>
        Delete
      </Button>
      {asks && (
        <ConfirmDialog
          title={`Delete ${name}?`}
          action={`Delete ${thing}`}
          dangerous
          onConfirm={remove}
          onClose={() => setAsks(false)}
        >
          {children}
        </ConfirmDialog>
      )}
    </>
  );
}
