import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Fault, KILL_NAMES, type Kill } from './faults.ts';

/**
 * Hears what the Worker announces: a fault is counted before it strikes. The announcement of a kill is never answered:
 * the Worker stands still at that point until it is killed.
 */
export class Announcements {
  readonly counts = new Map<Fault | Kill, number>();
  readonly address: string;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  static async listen(onKill: (point: Kill) => void): Promise<Announcements> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const heard = new Announcements(server);
    server.on('request', async (request, response) => {
      let name = '';
      for await (const chunk of request) name += chunk;
      heard.note(name as Fault | Kill);
      if (KILL_NAMES.includes(name as Kill)) onKill(name as Kill);
      else response.writeHead(204).end();
    });
    return heard;
  }

  note(name: Fault | Kill): void {
    this.counts.set(name, this.count(name) + 1);
  }

  count(name: Fault | Kill): number {
    return this.counts.get(name) ?? 0;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
