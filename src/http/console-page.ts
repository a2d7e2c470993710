const OF_THE_API = /^\/(?:api|health|openapi\.json|\.well-known)(?:\/|$)/;

/** Whether this address is answered by code: no file and no page of the console has such a path. */
export function isOfTheApi(url: string): boolean {
  return OF_THE_API.test(new URL(url).pathname);
}

/**
 * Whether a browser asks for a page of the console, whose routes are in the browser: they are all one file. What
 * is no page and no file is 404; a script that is gone must not be answered, and cached, as a page.
 */
export function asksForConsole({ method, url, headers }: Request): boolean {
  const isPage = (headers.get('Accept') ?? '').includes('text/html');
  return method === 'GET' && isPage && !isOfTheApi(url);
}

/** The page, with the headers that `public/_headers` gives it. */
export function answerConsole(request: Request, { ASSETS }: Pick<Env, 'ASSETS'>): Promise<Response> {
  return ASSETS.fetch(new Request(new URL('/', request.url), request));
}
