import type { Account } from '../../scripts/local/api.ts';

/** What a browser keeps of a sign-in: a session of its own, since each renewal makes the cookie before it worthless. */
export async function browserSession(url: string, { username, password }: Account) {
  const response = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: url },
    body: JSON.stringify({ username, password, browser: true }),
  });
  const [, value] = response.headers.get('Set-Cookie')?.match(/^__Host-refresh=([^;]+)/) ?? [];
  if (!value) throw new Error(`The sign-in answered ${response.status}.`);
  const kept = { httpOnly: true, secure: true, sameSite: 'Strict' as const, expires: -1 };
  return {
    cookies: [{ name: '__Host-refresh', value, domain: new URL(url).hostname, path: '/', ...kept }],
    origins: [{ origin: url, localStorage: [{ name: 'edgewatch.signed-in', value: '1' }] }],
  };
}
