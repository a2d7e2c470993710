const TIMEOUT_MS = 5_000;

/** What the issuer answers at one of its addresses. Throws unless that is JSON with status 200, and soon. */
export async function askIssuer(url: string, init: RequestInit = {}): Promise<unknown> {
  const response = await fetch(url, {
    ...init,
    headers: { Accept: 'application/json, application/jwk-set+json', ...init.headers },
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.status !== 200) throw new Error(`${new URL(url).pathname} was answered with ${response.status}`);
  return response.json();
}
