import { readFile } from 'node:fs/promises';

/** A signed-in client of a running instance, for scripts. Failures throw what the problem says. */
export type Api = {
  get: <Body>(path: string) => Promise<Body>;
  post: <Body>(path: string, body: unknown) => Promise<Body>;
};

export type Account = { username: string; password: string };

/** The admin that ADMIN_USERNAME and ADMIN_PASSWORD name; else that of a local instance's state. */
export async function adminAccount(state: string): Promise<Account> {
  const { ADMIN_USERNAME: username, ADMIN_PASSWORD: password } = process.env;
  if (username && password) return { username, password };
  return JSON.parse(await readFile(`${state}/edgewatch.json`, 'utf8')).admin;
}

/** Signs in at `url`, such as `http://localhost:8787`. Paths of the client are under `/api/v1`. */
export async function signIn(url: string, account: Account): Promise<Api> {
  const { username, password } = account;
  const { access } = await send<{ access: string }>(`${url}/api/v1/token`, { body: { username, password } });
  return {
    get: (path) => send(`${url}/api/v1${path}`, { token: access }),
    post: (path, body) => send(`${url}/api/v1${path}`, { body, token: access }),
  };
}

type Options = { body?: unknown; token?: string };

/** One request; a quota that is used up is waited for, as Retry-After says. */
async function send<Body>(url: string, { body, token }: Options): Promise<Body> {
  const authorization = token ? { Authorization: `Bearer ${token}` } : undefined;
  const response = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'Content-Type': 'application/json', ...authorization },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (response.status === 429) {
    const seconds = Number(response.headers.get('Retry-After') ?? 1);
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    return send(url, { body, ...(token ? { token } : {}) });
  }
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`);
  return JSON.parse(text) as Body;
}
