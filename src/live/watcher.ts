import type { UserRole } from '../core/actor.ts';
import type { Watching } from './select-standing.ts';

/** Codes of the application with which the hub closes a socket; `docs/live.md` tells clients what to do. */
export const CLOSED = {
  rights: { code: 4401, reason: 'not signed in any more' },
  age: { code: 4408, reason: 'an hour is over' },
  slow: { code: 4429, reason: 'reads too slowly' },
} as const;

/** What the hub keeps with a socket. It outlives hibernation; of a crash it need not, since the client has its cursor. */
export type Watcher = Watching & {
  username: string;
  role: UserRole;
  /** The last row that was told, or passed over. */
  cursor: number;
  /** When it was opened. */
  since: number;
  /** Characters that were sent since the last sign that they are read. */
  unread: number;
  /** When that sign came. */
  readAt: number;
};

/** An open socket with its watcher. */
export type Open = { socket: WebSocket; watcher: Watcher };

/** Those of these sockets that are open. */
export function openOf(sockets: WebSocket[]): Open[] {
  return sockets.map((socket) => ({ socket, watcher: socket.deserializeAttachment() as Watcher })).filter(isOpen);
}

/** Whether it is open still: what is sent to a socket that was closed would throw. */
export function isOpen({ socket }: Open): boolean {
  return socket.readyState === WebSocket.OPEN;
}

export function close({ socket }: Open, { code, reason }: (typeof CLOSED)[keyof typeof CLOSED]): void {
  socket.close(code, reason);
}
