import { CircleAlert, X } from 'lucide-react';
import { useEffect } from 'react';
import { Button } from '../ui/button.tsx';
import { Key } from '../ui/key.tsx';
import { closeToast, type Toast } from './toast.ts';

/** Long enough to read it and to reach for the button. */
const SHOWN_MS = 7000;
const PROBLEM_SHOWN_MS = 15_000;

/** One message. It goes by itself, unless it is held. */
export function ToastCard({ toast, isHeld }: { toast: Toast; isHeld: boolean }) {
  const { id, title, description, isProblem = false, undo } = toast;
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => closeToast(id), isProblem ? PROBLEM_SHOWN_MS : SHOWN_MS);
    return () => clearTimeout(timer);
  }, [id, isHeld, isProblem]);

  return (
    <div
      role={isProblem ? 'alert' : undefined}
      className="flex items-start gap-2 rounded-md border border-line bg-raised py-2 pr-2 pl-3 shadow-lg"
    >
      {isProblem && <CircleAlert aria-hidden className="mt-1.5 size-4 shrink-0 text-danger" />}
      <div className="min-w-0 flex-1 py-1 break-words">
        <p className="font-medium">{title}</p>
        {description && <p className="text-muted">{description}</p>}
      </div>
      {undo && (
        <Button
          size="small"
          onClick={() => {
            closeToast(id);
            undo();
          }}
        >
          Undo <Key keys="z" />
        </Button>
      )}
      <Button look="quiet" size="small" aria-label="Dismiss" className="px-1!" onClick={() => closeToast(id)}>
        <X aria-hidden className="size-4" />
      </Button>
    </div>
  );
}
