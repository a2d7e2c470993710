import { answerOf, client } from './client.ts';
import type { Schemas } from './schema.ts';

export type LiveChange = Schemas['LiveChange'];
type Notice = Schemas['LiveNotice'];

/** Hears each change once and in order. `afresh`: what came in between is not known, so look again. */
type Listener = (change: LiveChange | 'afresh') => void;

const PING_MS = 30_000;
/** Without a connection listeners are told to look again this often. */
const POLL_MS = 20_000;
const LONGEST_WAIT_MS = 60_000;

const listeners = new Set<Listener>();
let socket: WebSocket | undefined;
let cursor: number | undefined;
let failures = 0;
let ping: ReturnType<typeof setInterval> | undefined;
let poll: ReturnType<typeof setInterval> | undefined;
let next: ReturnType<typeof setTimeout> | undefined;

/** Watches changes as they happen, over one connection for the whole page. Answers how to stop. */
export function watchLive(listener: Listener): () => void {
  listeners.add(listener);
  if (listeners.size === 1) void connect();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) disconnect();
  };
}

async function connect(): Promise<void> {
  startPolling();
  try {
    const { ticket } = await answerOf(client.POST('/live/ticket'));
    // They have stopped watching, or another connection came first.
    if (listeners.size === 0 || socket) return;
    const query = new URLSearchParams({ ticket, ...(cursor !== undefined && { cursor: String(cursor) }) });
    open(new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/v1/live?${query}`));
  } catch {
    retry();
  }
}

function open(opened: WebSocket): void {
  socket = opened;
  opened.addEventListener('message', ({ data }) => hear(String(data)));
  opened.addEventListener('close', () => {
    if (socket !== opened) return;
    socket = undefined;
    clearInterval(ping);
    startPolling();
    retry();
  });
  ping = setInterval(() => opened.readyState === WebSocket.OPEN && opened.send('ping'), PING_MS);
}

function hear(data: string): void {
  if (data === 'pong') return;
  const message: LiveChange | Notice = JSON.parse(data);
  const isFirst = cursor === undefined;
  cursor = message.cursor;
  failures = 0;
  stopPolling();
  if ('subjects' in message) tell(message);
  // Whoever connects for the first time may have missed what came between the list and now.
  else if (isFirst || message.type === 'reset') tell('afresh');
}

function tell(change: LiveChange | 'afresh'): void {
  for (const listener of listeners) listener(change);
}

function retry(): void {
  failures += 1;
  clearTimeout(next);
  if (listeners.size > 0) next = setTimeout(() => void connect(), Math.min(LONGEST_WAIT_MS, 1000 * 2 ** failures));
}

function startPolling(): void {
  poll ??= setInterval(() => tell('afresh'), POLL_MS);
}

function stopPolling(): void {
  clearInterval(poll);
  poll = undefined;
}

function disconnect(): void {
  const closing = socket;
  socket = undefined;
  cursor = undefined;
  closing?.close();
  clearInterval(ping);
  clearTimeout(next);
  stopPolling();
}
