import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { buttonClasses } from './button.tsx';
import { classes } from './classes.ts';
import type { DialogProps } from './dialog.tsx';

/** What `Dialog` loads. */
export function DialogWindow({ title, description, children, onClose, wide = false }: DialogProps) {
  return (
    <Base.Root open onOpenChange={() => onClose?.()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-black/50" />
        <Base.Popup
          className={classes(
            'fixed top-[10vh] left-1/2 z-50 max-h-[80vh] w-[calc(100vw-2rem)] -translate-x-1/2 overflow-y-auto',
            'rounded-lg border border-line bg-raised p-5 shadow-xl outline-none',
            wide ? 'max-w-2xl' : 'max-w-md',
          )}
        >
          <Base.Title className="pr-8 text-base font-semibold break-words">{title}</Base.Title>
          {description && <Base.Description className="mt-1 text-muted">{description}</Base.Description>}
          <div className="mt-4">{children}</div>
          {/* Last, so that the focus starts with what the window is about. */}
          {onClose && (
            <Base.Close
              aria-label="Close"
              className={classes(buttonClasses({ look: 'quiet', size: 'icon' }), 'absolute top-3 right-3')}
            >
              <X aria-hidden className="size-4" />
            </Base.Close>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
