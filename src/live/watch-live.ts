import type { Call } from '../core/context.ts';
import { RateLimitedError, UnauthenticatedError, UnavailableError, ValidationError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import { requirePerson } from '../identity/require-person.ts';
import { type Asked, WATCHING } from './admit.ts';
import { hubOf } from './hub-of.ts';

type Watch = { hub: Pick<Env, 'LIVE'>; cursor: number | undefined };

const RETRY_SECONDS = 30;

/** A socket of the hub on which who is asking hears of changes, from the cursor on or from now. */
export async function watchLive({ ctx, input }: Call<Watch>): Promise<WebSocket> {
  authorize(ctx.actor, 'live.watch');
  const { userId, sessionId } = requirePerson(ctx);
  const asked: Asked = { userId, sessionId, cursor: input.cursor ?? null };
  const headers = { Upgrade: 'websocket', [WATCHING]: JSON.stringify(asked) };
  const { status, webSocket } = await hubOf(input.hub).fetch('https://hub/', { headers });
  if (webSocket) return webSocket;
  switch (status) {
    case 400:
      throw new ValidationError([{ pointer: 'query/cursor', detail: 'must not lie in the future' }]);
    case 401:
      throw new UnauthenticatedError('Your session has ended. Sign in again.');
    case 429:
      throw new RateLimitedError(RETRY_SECONDS, 'You have ten live connections. Close one of them first.');
    default:
      throw new UnavailableError(RETRY_SECONDS);
  }
}
