import { accessToken, renewAccess } from '../api/access.ts';
import { ApiProblem } from '../api/api-problem.ts';
import { signInAgain } from '../api/sign-in-again.ts';
import type { Evidence } from './evidence-queries.ts';

type Options = {
  incidentId: number;
  file: File;
  /** Told how much has been sent, from 0 to 1. */
  onProgress: (share: number) => void;
  signal: AbortSignal;
};

/** Sends a file to an incident. As `authorizedFetch` does, it outlives the end of the session. */
export async function uploadFile(options: Options): Promise<Evidence> {
  const response = await send(options, await accessToken());
  if (response.status === 401) {
    if (!(await renewAccess())) await signInAgain();
    return read(await send(options, await accessToken()));
  }
  return read(response);
}

async function read(response: Response): Promise<Evidence> {
  if (!response.ok) throw await ApiProblem.of(response);
  return response.json();
}

/** By XMLHttpRequest: `fetch` does not tell how much has been sent. */
function send({ incidentId, file, onProgress, signal }: Options, token: string | undefined): Promise<Response> {
  const request = new XMLHttpRequest();
  request.open('POST', `/api/v1/incidents/${incidentId}/evidence?filename=${encodeURIComponent(file.name)}`);
  request.setRequestHeader('Content-Type', 'application/octet-stream');
  if (token) request.setRequestHeader('Authorization', `Bearer ${token}`);
  request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(loaded / Math.max(1, total)));
  signal.addEventListener('abort', () => request.abort());
  return new Promise((resolve, reject) => {
    request.addEventListener('load', () => resolve(responseOf(request)));
    request.addEventListener('error', () => reject(ApiProblem.unreachable()));
    request.addEventListener('abort', () => reject(signal.reason));
    request.send(file);
  });
}

function responseOf(request: XMLHttpRequest): Response {
  const retryAfter = request.getResponseHeader('Retry-After');
  const headers = new Headers(retryAfter ? { 'Retry-After': retryAfter } : undefined);
  return new Response(request.responseText, { status: request.status, headers });
}
