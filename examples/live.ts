/** A change of an alert, an incident, a silence or a stored event. */
export type LiveChange = {
  cursor: number;
  at: string;
  type: string;
  actor: string;
  subjects: string[];
  changes?: { status?: string; severity?: string; assignee?: string | null };
};

export type LiveOptions = {
  /** Where Edgewatch is: `https://edgewatch.example`. */
  url: string;
  /** An access token that is good now. */
  token: () => string | Promise<string>;
  onChange: (change: LiveChange) => void;
  /** Too much was missed: load afresh what you show. */
  onReset?: () => void;
  /** Where to go on; from now when it is left out. */
  cursor?: number;
  signal?: AbortSignal;
};

const PING_MS = 30_000;
const MAX_WAIT_MS = 30_000;

/** Tells each change once and in order until the signal ends it, however often the connection breaks. */
export async function watchLive(options: LiveOptions): Promise<void> {
  const place = { cursor: options.cursor, isHeard: false };
  for (let failures = 0; !options.signal?.aborted; ) {
    place.isHeard = false;
    await watchOnce(options, place).catch(() => {});
    failures = place.isHeard ? 0 : failures + 1;
    // At random, so that not all clients come back at once.
    const wait = Math.random() * Math.min(MAX_WAIT_MS, 500 * 2 ** failures);
    if (!options.signal?.aborted) await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

type Place = { cursor: number | undefined; isHeard: boolean };

/** One connection, with a ticket of its own; it ends when the connection does. */
async function watchOnce({ url, token, signal, ...heard }: LiveOptions, place: Place): Promise<void> {
  const headers = { Authorization: `Bearer ${await token()}` };
  const answer = await fetch(`${url}/api/v1/live/ticket`, { method: 'POST', headers });
  if (!answer.ok) throw new Error(`no ticket: ${answer.status}`);
  const query = new URLSearchParams({ ticket: ((await answer.json()) as { ticket: string }).ticket });
  if (place.cursor !== undefined) query.set('cursor', String(place.cursor));
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/api/v1/live?${query}`);
  const leave = () => socket.close();
  signal?.addEventListener('abort', leave);
  let isAnswered = true;
  // Only who has read the last answer asks again: so the server knows who reads.
  const ping = setInterval(() => {
    if (isAnswered && socket.readyState === WebSocket.OPEN) socket.send('ping');
    isAnswered = false;
  }, PING_MS);
  socket.addEventListener('message', ({ data }) => {
    isAnswered = true;
    if (data !== 'pong') hear(JSON.parse(data), { ...heard, place });
  });
  await new Promise((resolve) => socket.addEventListener('close', resolve));
  clearInterval(ping);
  signal?.removeEventListener('abort', leave);
}

type Hearing = Pick<LiveOptions, 'onChange' | 'onReset'> & { place: Place };

function hear(message: LiveChange, { onChange, onReset, place }: Hearing): void {
  place.isHeard = true;
  place.cursor = message.cursor;
  if (message.type === 'reset') onReset?.();
  else if (message.type !== 'hello') onChange(message);
}
