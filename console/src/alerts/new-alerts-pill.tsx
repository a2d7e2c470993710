import { ArrowUp } from 'lucide-react';
import { useActions } from '../kit/use-actions.ts';
import { Key } from '../ui/key.tsx';

type Props = { count: number; isMore: boolean; onShow: () => void };

/** How many alerts came in since the list was loaded. They are shown when somebody says so. */
export function NewAlertsPill({ count, isMore, onShow }: Props) {
  useActions('Alerts', [{ label: 'Show new alerts', keys: '.', run: () => count > 0 && onShow() }]);
  return (
    <div role="status" className="pointer-events-none absolute inset-x-0 top-10 z-20 flex justify-center">
      {count > 0 && (
        <button
          type="button"
          onClick={onShow}
          className="pointer-events-auto inline-flex h-8 items-center gap-1.5 rounded-full bg-accent-fill px-3 font-medium text-white shadow-lg"
        >
          <ArrowUp aria-hidden className="size-4" />
          {count}
          {isMore && '+'} new
          <span aria-hidden className="max-md:hidden">
            <Key keys="." />
          </span>
        </button>
      )}
    </div>
  );
}
