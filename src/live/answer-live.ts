import type { Context as HonoContext } from 'hono';
import { ForbiddenOriginError, ValidationError } from '../core/errors.ts';
import { comesFromOurPage } from '../http/origin.ts';
import { contextOf } from '../http/request-context.ts';
import type { AppEnv } from '../http/router.ts';
import { eventStream } from './event-stream.ts';
import { watchLive } from './watch-live.ts';

type Request = HonoContext<AppEnv>;

/** Answers a connection on which changes are told: a WebSocket where it asks for one, or Server-Sent Events. */
export async function answerLive(c: Request, cursor: number | undefined): Promise<Response> {
  const way = wayOf(c);
  if (way === 'websocket' && c.req.header('Origin') !== undefined && !comesFromOurPage(c)) {
    throw new ForbiddenOriginError('open a WebSocket');
  }
  const socket = await watchLive({ ctx: contextOf(c), input: { hub: c.env, cursor } });
  // Not the answer of the hub, whose headers cannot be changed.
  if (way === 'websocket') return new Response(null, { status: 101, webSocket: socket });
  return c.body(eventStream(socket), 200, { 'Content-Type': 'text/event-stream' });
}

function wayOf(c: Request): 'websocket' | 'events' {
  if (c.req.header('Upgrade')?.toLowerCase() === 'websocket') return 'websocket';
  if (c.req.header('Accept')?.includes('text/event-stream')) return 'events';
  throw new ValidationError([
    { pointer: 'header/accept', detail: 'must be text/event-stream, unless Upgrade is websocket' },
  ]);
}
