import { RotateCcw, X } from 'lucide-react';
import { formatSize } from '../kit/format-size.ts';
import { Button } from '../ui/button.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import type { Upload } from './use-uploads.ts';

type Props = { upload: Upload; onRetry: () => void; onDrop: () => void };

/** A file on its way: how far it has come, or why it did not get there. */
export function UploadItem({ upload: { file, share, problem, stop }, onRetry, onDrop }: Props) {
  return (
    <li className="flex items-center gap-3 rounded-md border border-line px-3 py-2">
      <div className="min-w-0 flex-1 space-y-1.5">
        <p className="flex gap-2">
          <span className="truncate font-medium">{file.name}</span>
          <span className="shrink-0 text-muted">{formatSize(file.size)}</span>
        </p>
        {problem ? (
          <p role="alert" className="break-words text-danger">
            {problem}
          </p>
        ) : (
          <ProgressBar label={`Uploading ${file.name}`} value={share} />
        )}
      </div>
      {problem && (
        <Button look="quiet" size="icon" aria-label={`Try ${file.name} again`} title="Try again" onClick={onRetry}>
          <RotateCcw aria-hidden className="size-4" />
        </Button>
      )}
      <Button
        look="quiet"
        size="icon"
        aria-label={problem ? `Dismiss ${file.name}` : `Stop ${file.name}`}
        onClick={problem ? onDrop : stop}
      >
        <X aria-hidden className="size-4" />
      </Button>
    </li>
  );
}
