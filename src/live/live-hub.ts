import { DurableObject } from 'cloudflare:workers';
import { systemClock } from '../core/clock.ts';
import { describeError, log } from '../core/log.ts';
import { settingsOf } from '../core/settings.ts';
import { database } from '../db/client.ts';
import { endLost } from './end-lost.ts';
import { PAGE, selectChanges } from './read-changes.ts';
import { roomFor } from './room-for.ts';
import { type Told, tell } from './tell.ts';
import { CLOSED, close, openOf } from './watcher.ts';

/** Also the longest that a change waits whose poke was lost. */
const ALARM_MS = 10_000;
const HOUR_MS = 3_600_000;
/** Whatever a client says is passed over, but for `ping`, which the runtime answers; nobody has reason to say much. */
const MAX_MESSAGE = 1_024;

/**
 * Holds the live sockets of everybody and tells them what the audit log says, in its order. Each socket has a cursor, the
 * id of a row: what the hub reads is what lies behind the lowest, so resuming and following are one thing, and the reads
 * do not grow with the sockets. Contracts are loaded on first use, since every isolate has this class. See
 * docs/decisions/0026-the-audit-log-is-the-live-stream.md.
 */
export class LiveHub extends DurableObject<Env> {
  #telling: Promise<void> | undefined;
  #isPoked = false;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'));
  }

  /** Something may have changed. Returns when those who were connected have been told of it. */
  async poke(): Promise<void> {
    this.#isPoked = true;
    this.#telling ??= this.#tellAll().finally(() => {
      this.#telling = undefined;
    });
    await this.#telling;
  }

  /** Opens a socket; only `watch-live.ts` asks for one. */
  override async fetch(request: Request): Promise<Response> {
    const { admit } = await import('./admit.ts');
    const admitted = await admit(request, this.env);
    if ('status' in admitted) return new Response(null, admitted);
    const { watcher, notices } = admitted;
    // Nothing waits between this look and the socket, or more would get in at once.
    const refusal = roomFor(watcher, this.ctx);
    if (refusal) return new Response(null, refusal);
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server, [`user:${watcher.userId}`]);
    server.serializeAttachment(watcher);
    for (const notice of notices) server.send(JSON.stringify(notice));
    if ((await this.ctx.storage.getAlarm()) === null) await this.#setAlarm();
    this.ctx.waitUntil(this.#poked());
    return new Response(null, { status: 101, webSocket: client });
  }

  override async alarm(): Promise<void> {
    const now = systemClock().getTime();
    for (const open of openOf(this.ctx.getWebSockets())) {
      if (now - open.watcher.since >= HOUR_MS) close(open, CLOSED.age);
    }
    await this.#poked();
    if (openOf(this.ctx.getWebSockets()).length > 0) await this.#setAlarm();
  }

  override webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): void {
    const size = typeof message === 'string' ? message.length : message.byteLength;
    if (size > MAX_MESSAGE) socket.close(1009, 'nothing is read here');
  }

  /** The close is answered, or the client would wait for it. */
  override webSocketClose(socket: WebSocket): void {
    socket.close();
  }

  async #setAlarm(): Promise<void> {
    await this.ctx.storage.setAlarm(systemClock().getTime() + ALARM_MS);
  }

  /** What fails now is told by the next poke or alarm: the cursors stand where they stood. */
  async #poked(): Promise<void> {
    await this.poke().catch((error) => log.warn('telling the live sockets failed', describeError(error)));
  }

  /** Who pokes while a page is read may speak of a row that the page lacks, so it is read again. */
  async #tellAll(): Promise<void> {
    while (this.#isPoked) {
      this.#isPoked = false;
      while (await this.#tellPage());
    }
  }

  /**
   * Tells one page to those who were there when it was read, and answers whether there may be more. Who came since was not
   * among those whose rights were looked at; their own poke has the next page read.
   */
  async #tellPage(): Promise<boolean> {
    const watching = openOf(this.ctx.getWebSockets());
    if (watching.length === 0) return false;
    const from = Math.min(...watching.map(({ watcher }) => watcher.cursor));
    const db = database(this.env.DB);
    const rows = await selectChanges(db, from);
    const last = rows.at(-1);
    if (!last) return false;
    await endLost(rows, { db, settings: settingsOf(this.env), watching });
    const { changeOf } = await import('./change-of.ts');
    const told: Told[] = rows.flatMap((row) => {
      const change = changeOf(row);
      return change ? [{ cursor: row.id, text: JSON.stringify(change) }] : [];
    });
    tell(told, { ctx: this.ctx, watching, to: last.id });
    return rows.length === PAGE;
  }
}
