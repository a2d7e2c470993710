import { ApiProblem } from '../api/api-problem.ts';
import { authorizedFetch } from '../api/authorized-fetch.ts';
import { saveBlob } from './save-blob.ts';

type Options = {
  /** Under `/api/v1`, with its query. */
  path: string;
  filename: string;
  /** Told how many bytes have come so far. */
  onBytes?: (bytes: number) => void;
};

/** Fetches a file that only signed-in people get, and saves it as a download. */
export async function saveFile({ path, filename, onBytes }: Options): Promise<void> {
  const response = await authorizedFetch(new Request(`/api/v1${path}`));
  if (!response.ok) throw await ApiProblem.of(response);
  saveBlob(await counted(response, onBytes).blob(), filename);
}

function counted({ body, headers }: Response, onBytes: Options['onBytes']): Response {
  let bytes = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.length;
      onBytes?.(bytes);
      controller.enqueue(chunk);
    },
  });
  return new Response(body?.pipeThrough(counter), { headers });
}
