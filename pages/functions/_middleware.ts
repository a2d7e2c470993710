import { answerConsole, asksForConsole, isOfTheApi } from '../../src/http/console-page.ts';

type Bindings = { WORKER: Fetcher; ASSETS: Fetcher };

/**
 * Makes console and API one origin on Pages, as they are on the Worker: what is the API's goes there as it came, over a
 * service binding, and pages whose routes are in the browser are all one file.
 */
export const onRequest: PagesFunction<Bindings> = async ({ request, env, next }) => {
  if (isOfTheApi(request.url)) return env.WORKER.fetch(request);
  const file = await next();
  return file.status === 404 && asksForConsole(request) ? answerConsole(request, env) : file;
};
