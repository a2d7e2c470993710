import { type ReactNode, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

type Props = {
  title: string;
  children?: ReactNode;
  /** What will be done, as the button says it: "Delete alert". */
  action: string;
  dangerous?: boolean;
  onConfirm: () => unknown;
  onClose: () => void;
};

/** Asks before something that cannot be taken back. Shown for as long as it is rendered. */
export function ConfirmDialog({ title, children, action, dangerous = false, onConfirm, onClose }: Props) {
  const [isBusy, setIsBusy] = useState(false);
  async function confirm() {
    setIsBusy(true);
    try {
      await onConfirm();
      onClose();
    } finally {
      setIsBusy(false);
    }
  }
  return (
    <Dialog onClose={onClose} title={title}>
      {children}
      <div className="mt-5 flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button look={dangerous ? 'danger' : 'primary'} disabled={isBusy} onClick={() => void confirm()}>
          {action}
        </Button>
      </div>
    </Dialog>
  );
}
