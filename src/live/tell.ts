import { CLOSED, close, isOpen, type Open } from './watcher.ts';

/** A change as it is sent. */
export type Told = { cursor: number; text: string };

type Page = { ctx: DurableObjectState; watching: Open[]; to: number };

/**
 * What may have been sent to a socket since it was last heard of. How much of it waits cannot be seen, and who is frozen
 * or gone says no more `ping`. More than the 10,000 changes that a client may have missed, as a rule.
 */
const MAX_UNREAD = 2 * 1024 * 1024;

/**
 * Tells the changes of a page, which goes up to the row `to`, to those who are still there: each what they lack. Nothing
 * here waits, so what was sent and where a cursor stands never differ.
 */
export function tell(told: Told[], { ctx, watching, to }: Page): void {
  for (const open of watching.filter(isOpen)) {
    const { socket, watcher } = open;
    const readAt = ctx.getWebSocketAutoResponseTimestamp(socket)?.getTime() ?? 0;
    const before = readAt > watcher.readAt ? 0 : watcher.unread;
    const unread = before + send(open, { told, room: MAX_UNREAD - before });
    socket.serializeAttachment({ ...watcher, cursor: Math.max(watcher.cursor, to), unread, readAt });
    if (unread > MAX_UNREAD) close(open, CLOSED.slow);
  }
}

/** Sends what lies behind the cursor while there is room; answers how much that was. */
function send({ socket, watcher }: Open, { told, room }: { told: Told[]; room: number }): number {
  let sent = 0;
  for (const { cursor, text } of told) {
    if (cursor <= watcher.cursor) continue;
    if (sent > room) break;
    socket.send(text);
    sent += text.length;
  }
  return sent;
}
