import { Download, FileText, ListChecks, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { client } from '../api/client.ts';
import { ConfirmDialog } from '../kit/confirm-dialog.tsx';
import { formatSize } from '../kit/format-size.ts';
import { saveFile } from '../kit/save-file.ts';
import { TimeText } from '../kit/time-text.tsx';
import { useMay, useSelf } from '../session/use-self.ts';
import { toast, toastProblem } from '../shell/toast.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { CustodyDialog } from './custody-dialog.tsx';
import { dropEvidence, type Evidence } from './evidence-queries.ts';

/** A file of an incident: what it is, its checksum, who had it, and a way to get it. */
export function EvidenceItem({ file }: { file: Evidence }) {
  const { id, filename, size, media_type, sha256, uploaded_by, created_at } = file;
  const [asks, setAsks] = useState<'custody' | 'delete' | null>(null);
  const { username } = useSelf();
  const may = useMay();
  const close = () => setAsks(null);
  async function remove() {
    await client.DELETE('/evidence/{id}', { params: { path: { id } } }).then(() => {
      dropEvidence(file);
      toast({ title: `${filename} deleted` });
    }, toastProblem);
  }
  const icon = { look: 'quiet', size: 'icon' } as const;
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-1 rounded-md border border-line px-3 py-2">
      <FileText aria-hidden className="mt-1 size-4 shrink-0 text-muted" />
      <div className="min-w-0 flex-1 basis-52">
        <p className="font-medium break-words">{filename}</p>
        <p className="text-xs text-muted">
          {formatSize(size)}, {media_type}, by {uploaded_by}, <TimeText time={created_at} />
        </p>
        <p className="flex items-center gap-1 text-xs text-muted">
          SHA-256
          <code className="min-w-0 truncate" title={sha256}>
            {sha256}
          </code>
          <CopyButton text={sha256} label={`Copy the checksum of ${filename}`} />
        </p>
      </div>
      <div className="ml-auto flex">
        <Button
          {...icon}
          aria-label={`Download ${filename}`}
          title="Download"
          onClick={() => void saveFile({ path: `/evidence/${id}/content`, filename }).catch(toastProblem)}
        >
          <Download aria-hidden className="size-4" />
        </Button>
        <Button {...icon} aria-label={`Custody of ${filename}`} title="Custody" onClick={() => setAsks('custody')}>
          <ListChecks aria-hidden className="size-4" />
        </Button>
        {(uploaded_by === username || may('evidence.delete_any')) && (
          <Button {...icon} aria-label={`Delete ${filename}`} title="Delete" onClick={() => setAsks('delete')}>
            <Trash2 aria-hidden className="size-4" />
          </Button>
        )}
      </div>
      {asks === 'custody' && <CustodyDialog file={file} onClose={close} />}
      {asks === 'delete' && (
        <ConfirmDialog title={`Delete ${filename}?`} action="Delete file" dangerous onConfirm={remove} onClose={close}>
          <p>It is gone for good. The audit log keeps that it was there.</p>
        </ConfirmDialog>
      )}
    </li>
  );
}
