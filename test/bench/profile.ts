import { once } from 'node:events';
import { keepBusy } from './client.ts';
import { type CpuProfile, type SelfTime, selfTimes } from './cpu-profile.ts';
import type { Asked } from './operations.ts';
import type { Served, Side } from './side.ts';

type Profiling = { next: () => Asked; connections: number; ms: number; code: string };

/** The functions in which a Worker spends its time under load, by V8's profiler; the database runs elsewhere. */
export async function profile(
  side: Side & Served,
  { code, ...load }: Profiling,
): Promise<{ requests: number; times: SelfTime[] }> {
  if (!side.inspectorUrl) throw new Error('the side was started without an inspector');
  const socket = new WebSocket(side.inspectorUrl);
  await once(socket, 'open');
  const ask = asker(socket);
  await keepBusy(side.client, { ...load, ms: 2000 });
  await ask('Profiler.enable');
  await ask('Profiler.setSamplingInterval', { interval: 200 });
  await ask('Profiler.start');
  const { requests } = await keepBusy(side.client, load);
  const { profile } = (await ask('Profiler.stop')) as { profile: CpuProfile };
  socket.close();
  return { requests, times: selfTimes(profile, code) };
}

function asker(socket: WebSocket) {
  let last = 0;
  return (method: string, params: object = {}): Promise<unknown> => {
    const id = ++last;
    socket.send(JSON.stringify({ id, method, params }));
    return new Promise((resolve, reject) => {
      const listen = ({ data }: MessageEvent) => {
        const answer = JSON.parse(String(data));
        if (answer.id !== id) return;
        socket.removeEventListener('message', listen);
        if (answer.error) reject(new Error(answer.error.message));
        else resolve(answer.result);
      };
      socket.addEventListener('message', listen);
    });
  };
}
