import { useState } from 'react';
import { ApiProblem } from '../api/api-problem.ts';
import { toast } from '../shell/toast.ts';
import { checksumOf } from './checksum-of.ts';
import { keepEvidence } from './evidence-queries.ts';
import { uploadFile } from './upload-file.ts';

/** A file on its way to an incident, or one that did not get there. */
export type Upload = { key: number; file: File; share: number; problem: string | null; stop: () => void };

let lastKey = 0;

/** Uploads files to an incident, one after the other, so that the first is there soon. */
export function useUploads(incidentId: number) {
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const drop = (key: number) => setUploads((all) => all.filter((upload) => upload.key !== key));
  const change = (key: number, changed: Partial<Upload>) =>
    setUploads((all) => all.map((upload) => (upload.key === key ? { ...upload, ...changed } : upload)));

  async function run({ key, file }: Upload, signal: AbortSignal) {
    try {
      signal.throwIfAborted();
      const onProgress = (share: number) => change(key, { share });
      const [evidence, checksum] = await Promise.all([
        uploadFile({ incidentId, file, onProgress, signal }),
        checksumOf(file),
      ]);
      keepEvidence(evidence);
      if (evidence.sha256 !== checksum) throw new Error('What arrived is not what was sent. Delete it and try again.');
      toast({ title: `${file.name} added`, description: 'The checksum of what arrived is that of your file.' });
      drop(key);
    } catch (error) {
      if (signal.aborted) drop(key);
      else change(key, { problem: problemText(error) });
    }
  }

  async function add(files: readonly File[]) {
    const added = files.map((file) => {
      lastKey += 1;
      const controller = new AbortController();
      const upload = { key: lastKey, file, share: 0, problem: null, stop: () => controller.abort() };
      return { upload, signal: controller.signal };
    });
    setUploads((all) => [...all, ...added.map(({ upload }) => upload)]);
    for (const { upload, signal } of added) await run(upload, signal);
  }

  function retry(upload: Upload) {
    drop(upload.key);
    void add([upload.file]);
  }

  return { uploads, add, retry, drop };
}

function problemText(error: unknown): string {
  if (error instanceof ApiProblem) return error.detail;
  return error instanceof Error ? error.message : 'It failed in this page.';
}
