import { call } from './client.ts';
import { PASSWORD } from './people.ts';

type SignIn = { username: string; password?: string; otp?: string; ip?: string; browser?: boolean };

/** A sign-in through the public surface, from an address. */
export function signIn({ username, password = PASSWORD, ip = '203.0.113.1', ...rest }: SignIn): Promise<Response> {
  return call('POST', '/api/v1/token', {
    body: { username, password, ...rest },
    headers: { 'CF-Connecting-IP': ip },
  });
}

/** How many answers there were of each status. */
export function tally(responses: Response[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of responses) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
