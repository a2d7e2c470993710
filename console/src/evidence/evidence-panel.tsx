import { EndlessFoot } from '../kit/endless-foot.tsx';
import { useCursorList } from '../kit/use-cursor-list.ts';
import { DropZone } from './drop-zone.tsx';
import { EvidenceItem } from './evidence-item.tsx';
import { type Evidence, evidenceKey, loadEvidence } from './evidence-queries.ts';
import { UploadItem } from './upload-item.tsx';
import { useUploads } from './use-uploads.ts';

/** The files of an incident, below the place where more are added. */
export function EvidencePanel({ id }: { id: number }) {
  const { uploads, add, retry, drop } = useUploads(id);
  const found = useCursorList<Evidence>({
    queryKey: evidenceKey(id),
    load: (cursor, signal) => loadEvidence(id, { cursor, signal }),
  });
  return (
    <div className="space-y-4">
      <DropZone onFiles={(files) => void add(files)} />
      <ul className="space-y-2">
        {uploads.map((upload) => (
          <UploadItem key={upload.key} upload={upload} onRetry={() => retry(upload)} onDrop={() => drop(upload.key)} />
        ))}
        {found.rows.map((file) => (
          <EvidenceItem key={file.id} file={file} />
        ))}
      </ul>
      {found.isSuccess && found.rows.length === 0 && <p className="py-2 text-center text-muted">No files yet.</p>}
      <EndlessFoot list={found} />
    </div>
  );
}
