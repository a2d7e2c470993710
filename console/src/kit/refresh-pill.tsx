import { ArrowUp } from 'lucide-react';
import { Key } from '../ui/key.tsx';
import { useActions } from './use-actions.ts';

type Props = {
  things: string;
  /** What there is, such as `3 new`; nothing when there is nothing. */
  news: string | undefined;
  onShow: () => void;
};

/** Says that there are new ones above the list. They are shown when somebody asks, by `.` or by a click. */
export function RefreshPill({ things, news, onShow }: Props) {
  useActions('New', [{ label: `Show new ${things}`, keys: '.', run: onShow }]);
  return (
    <div role="status" className="pointer-events-none absolute inset-x-0 top-10 z-20 flex justify-center">
      {news && (
        <button
          type="button"
          onClick={onShow}
          className="pointer-events-auto inline-flex h-8 items-center gap-1.5 rounded-full bg-accent-fill px-3 font-medium text-white shadow-lg"
        >
          <ArrowUp aria-hidden className="size-4" />
          {news}
          <span aria-hidden className="max-md:hidden">
            <Key keys="." />
          </span>
        </button>
      )}
    </div>
  );
}
