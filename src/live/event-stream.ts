/** Comments between the events keep what stands between from closing a stream on which nothing happens. */
const HEARTBEAT_MS = 15_000;

/** What may wait for a client that reads slowly: more than the 10,000 changes that it may have missed. */
const MAX_WAITING = 4 * 1024 * 1024;

/**
 * What a socket of the hub says, as Server-Sent Events. So the hub knows only sockets, which it can hold while it sleeps.
 * How it closed the socket is an event, too, since a stream has no codes.
 */
export function eventStream(socket: WebSocket): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let stop = () => {};
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const write = (text: string) => controller.enqueue(encoder.encode(text));
        const over = new AbortController();
        const end = (code: number, reason: string) => {
          stop();
          write(`event: close\ndata: ${JSON.stringify({ code, reason })}\n\n`);
          controller.close();
        };
        const hear = ({ data }: MessageEvent) => {
          if (data === 'pong') return;
          write(eventOf(String(data)));
          if ((controller.desiredSize ?? 0) <= 0) end(4429, 'reads too slowly');
        };
        const beat = setInterval(() => {
          socket.send('ping');
          write(':\n\n');
        }, HEARTBEAT_MS);
        stop = () => {
          clearInterval(beat);
          over.abort();
          socket.close(1000);
        };
        socket.addEventListener('message', hear, { signal: over.signal });
        socket.addEventListener('close', ({ code, reason }) => end(code, reason), { signal: over.signal });
        socket.accept();
      },
      cancel: () => stop(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: MAX_WAITING }),
  );
}

/** The cursor is the id of the event, which an EventSource sends back when it comes again. */
function eventOf(message: string): string {
  const { cursor } = JSON.parse(message) as { cursor: number };
  return `id: ${cursor}\ndata: ${message}\n\n`;
}
