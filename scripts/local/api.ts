/** A signed-in client of a running instance, for scripts. */
export type Api = <Body>(method: string, path: string, body?: unknown) => Promise<Body>;

/** Signs in at `url` and answers a function that calls the API; failures throw what the problem says. */
export async function signIn(url: string, account: { username: string; password: string }): Promise<Api> {
  const { username, password } = account;
  const { access } = await send<{ access: string }>(`${url}/api/v1/token`, {
    method: 'POST',
    body: { username, password },
  });
  return (method, path, body) => send(`${url}/api/v1${path}`, { method, body, token: access });
}

type Request = { method: string; body?: unknown; token?: string };

async function send<Body>(url: string, { method, body, token }: Request): Promise<Body> {
  const response = await fetch(url, {
    method,
    headers: {
      'Content-Type': 'application/json',
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${text}`);
  return JSON.parse(text) as Body;
}
