/** Paths that no page of the console has. */
const NOT_PAGES = /^\/(?:api|health|openapi\.json|\.well-known)(?:\/|$)/;

/**
 * Whether a browser asks for a page of the console, whose routes are in the browser: they are all one file. What
 * is no page and no file is 404; a script that is gone must not be answered, and cached, as a page.
 */
export function asksForConsole({ method, url, headers }: Request): boolean {
  const isPage = (headers.get('Accept') ?? '').includes('text/html');
  return method === 'GET' && isPage && !NOT_PAGES.test(new URL(url).pathname);
}

/** The page, with the headers that `public/_headers` gives it. */
export function answerConsole(request: Request, { ASSETS }: Pick<Env, 'ASSETS'>): Promise<Response> {
  return ASSETS.fetch(new Request(new URL('/', request.url), request));
}
