import { accessToken, renewAccess } from './access.ts';
import { ApiProblem } from './api-problem.ts';
import { noteAnswer, noteSilence } from './reachability.ts';
import { signInAgain } from './sign-in-again.ts';

const BOOKMARK = 'X-D1-Bookmark';

// Reads are as new as our last change, whichever replica answers them. Bookmarks sort by age.
let bookmark = '';

/**
 * `fetch` for the API. A request whose session has ended waits for the session to be renewed, or for the person to sign
 * in again over the page, and is then sent once more: nothing that was typed is lost.
 */
export async function authorizedFetch(request: Request): Promise<Response> {
  const again = request.clone();
  const token = await accessToken();
  const response = await send(request, token);
  if (response.status !== 401 || token === undefined) return response;
  if (!(await renewAccess())) await signInAgain();
  return send(again, await accessToken());
}

async function send(request: Request, token: string | undefined): Promise<Response> {
  if (token) request.headers.set('Authorization', `Bearer ${token}`);
  if (bookmark) request.headers.set(BOOKMARK, bookmark);
  const response = await fetch(request).catch((error: Error) => {
    if (error.name === 'AbortError') throw error;
    noteSilence();
    throw ApiProblem.unreachable();
  });
  noteAnswer(response);
  const seen = response.headers.get(BOOKMARK) ?? '';
  if (seen > bookmark) bookmark = seen;
  return response;
}
