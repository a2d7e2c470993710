import { TOTP } from 'otpauth';
import type { UserRole } from '../../src/core/actor.ts';
import { call, expectStatus } from './client.ts';
import { accessToken, PASSWORD, person, sessionOf } from './people.ts';

/** Half a minute, for which a one-time code stands. */
export const STEP_MS = 30_000;

/** A person with a session; their token and a way to ask for things of their own account. */
export async function account(username: string, role: UserRole = 'member') {
  const { id } = await person({ username, role });
  const token = await accessToken({ sub: String(id), username, role, sid: await sessionOf(id) });
  const post = (path: string, body: object) => call('POST', `/api/v1/auth${path}`, { token, body });
  return { id, username, token, post };
}

/** A person with 2FA on, their authenticator and recovery codes. The present code is not used yet: the clock stands. */
export async function protectedAccount(username: string, role: UserRole = 'member') {
  const { post, ...rest } = await account(username, role);
  const { secret } = await expectStatus(await post('/totp', { password: PASSWORD }), 200);
  const app = new TOTP({ secret });
  const otp = app.generate({ timestamp: Date.now() - STEP_MS });
  const { recovery_codes: codes } = await expectStatus(await post('/totp/confirm', { otp }), 200);
  return { ...rest, post, secret: secret as string, app, codes: codes as string[] };
}
