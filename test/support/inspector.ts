import { once } from 'node:events';

/** A connection to V8 in workerd, by the Chrome DevTools Protocol. */
export type Inspector = { ask: (method: string, params?: object) => Promise<unknown>; close: () => void };

// What Node's WebSocket takes besides protocols; the type of the browsers, which the console needs, does not know it.
type Init = { headers: Record<string, string> };
const WebSocketWithHeaders = WebSocket as unknown as new (url: string, init: Init) => WebSocket;

type Wake = () => Promise<unknown>;

const WAKE_MS = 100;

/**
 * Connects to an inspector, a WebSocket's address. wrangler lets nobody in who does not come from this machine. workerd
 * looks at what it is asked when the Worker runs: where nothing else makes it run, `wake` has to.
 */
export async function openInspector(url: string, wake: Wake = async () => undefined): Promise<Inspector> {
  const socket = new WebSocketWithHeaders(url, { headers: { Origin: 'http://localhost' } });
  await once(socket, 'open');
  let last = 0;
  const ask = (method: string, params: object = {}): Promise<unknown> => {
    const id = ++last;
    socket.send(JSON.stringify({ id, method, params }));
    const waker = setInterval(() => void wake(), WAKE_MS);
    return new Promise((resolve, reject) => {
      const listen = ({ data }: MessageEvent) => {
        const answer = JSON.parse(String(data));
        if (answer.id !== id) return;
        clearInterval(waker);
        socket.removeEventListener('message', listen);
        if (answer.error) reject(new Error(answer.error.message));
        else resolve(answer.result);
      };
      socket.addEventListener('message', listen);
    });
  };
  return { ask, close: () => socket.close() };
}
