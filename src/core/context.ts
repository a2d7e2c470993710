import type { Db } from '../db/client.ts';
import type { Message } from '../queue/messages.ts';
import type { Delay } from '../queue/send.ts';
import type { Actor } from './actor.ts';
import type { Clock } from './clock.ts';
import type { Settings } from './settings.ts';

/** Where a request entered the network, as Cloudflare saw it; null where it did not say. */
export type Origin = { country: string | null; asn: number | null; colo: string | null };

/** The files that are deployed beside the Worker, by their path. */
export type Assets = { fetch: (url: string) => Promise<Response> };

/** All that an operation may use from outside. HTTP, queue and cron each build one. */
export type Context = {
  db: Db;
  actor: Actor;
  clock: Clock;
  settings: Settings;
  requestId: string;
  ip: string | null;
  origin: Origin;
  /** As two letters, `EU`. Events do not keep it: their country says more. */
  continent: string | null;
  /** Sends after the answer is out. A send that fails is logged: a cron finds again what is due. */
  enqueue: (message: Message, delay?: Delay) => void;
  /** Runs after the answer is out. What fails is logged under its name and reaches nobody. */
  later: (name: string, work: () => Promise<unknown>) => void;
  /** Files that outlive the database: evidence, the signed seals of the audit log, and events that are old. */
  evidence: R2Bucket;
  assets: Assets;
  /** What sends e-mail; undefined where the platform does not. */
  email: SendEmail | undefined;
};

/** What every operation takes. */
export type Call<Input> = { ctx: Context; input: Input };
