import { type ReactNode, Suspense } from 'react';
import { lazyPart } from './lazy-part.ts';

export type DialogProps = {
  title: string;
  description?: ReactNode;
  children: ReactNode;
  /** Esc, the cross and a click beside it. Left out where the person has to answer. */
  onClose?: () => void;
  wide?: boolean;
};

const DialogWindow = lazyPart(() => import('./dialog-window.tsx'), 'DialogWindow');

/**
 * A window over the page, open for as long as it is rendered. It keeps the focus and gives it back. Its code is loaded
 * when the first one opens.
 */
export function Dialog(props: DialogProps) {
  return (
    <Suspense>
      <DialogWindow {...props} />
    </Suspense>
  );
}
