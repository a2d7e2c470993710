import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { sign } from 'hono/jwt';
import { newSigningKey } from '../../scripts/local/signing-key.ts';
import { bundle } from '../bench/bundle.ts';
import { PERSON } from '../bench/fill.ts';
import type { Serving as Worker } from '../support/serve.ts';
import { CONTROL, type Orders } from './faults.ts';

/** What `serve.ts` is told. */
export type Serving = Worker & { isNew: boolean };

type Place = { directory: string; announceTo: string; quota: number };

/** The Worker of the suite: started, killed and started again on the same state. */
export class Instance {
  readonly state: string;
  /** Of an admin who signed in two hours ago, for another ten: no shift of the clock makes it bad. */
  readonly token: string;
  #url = '';
  #child: ChildProcess | undefined;
  #up: Promise<void>;
  #orders: Orders | undefined;
  readonly #serving: Serving;
  readonly #log: number;

  private constructor(serving: Serving, { token, log }: { token: string; log: string }) {
    this.#serving = serving;
    this.state = serving.state;
    this.token = token;
    this.#log = openSync(log, 'a');
    this.#up = this.#start();
  }

  /** Starts one with an empty database, an admin and quotas that nothing here reaches. */
  static async create({ directory, announceTo, quota }: Place): Promise<Instance> {
    const { script } = await bundle({ main: 'test/chaos/worker.ts', directory: join(directory, 'bundle') });
    const secret = randomBytes(48).toString('base64url');
    const bindings = {
      JWT_SECRET: secret,
      AUDIT_SIGNING_KEY: newSigningKey(),
      ANNOUNCE_TO: announceTo,
      LIMIT_SENSOR_REQUESTS: String(quota),
      LIMIT_SENSOR_EVENTS: String(quota),
      LIMIT_USER_REQUESTS: String(quota),
      LIMIT_ADDRESS_REQUESTS: String(quota),
      LIMIT_SIGN_INS: String(quota),
    };
    const state = join(directory, 'state');
    const token = await newToken(secret);
    const instance = new Instance({ script, state, bindings, isNew: true }, { token, log: join(directory, 'log') });
    await instance.up();
    return instance;
  }

  /** Its address, as soon as it has one: after a kill it starts again. */
  async up(): Promise<string> {
    await this.#up;
    return this.#url;
  }

  /** What shall go wrong from now on. A Worker that starts after a kill gets the same orders, without the kill. */
  async order(orders: Orders): Promise<void> {
    this.#orders = { ...orders, kill: null };
    await sendOrders(await this.up(), orders);
  }

  /** kill -9 of its whole process group, and a new start on what is on disk. */
  kill(): void {
    const child = this.#child;
    if (!child?.pid) return;
    const gone = once(child, 'exit');
    process.kill(-child.pid, 'SIGKILL');
    this.#up = gone.then(() => this.#start());
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (!child?.connected) return;
    child.send('stop');
    await once(child, 'exit');
  }

  async #start(): Promise<void> {
    const child = fork(join(import.meta.dirname, 'serve.ts'), [JSON.stringify(this.#serving)], {
      detached: true,
      execArgv: ['--no-warnings'],
      stdio: ['ignore', this.#log, this.#log, 'ipc'],
      // wrangler looks for the secrets here, too.
      env: { ...process.env, ...this.#serving.bindings },
    });
    this.#child = child;
    const failed = once(child, 'exit').then(() => Promise.reject(new Error('the Worker ended before it served')));
    const [served] = (await Promise.race([once(child, 'message'), failed])) as [{ url: string }];
    this.#serving.isNew = false;
    if (this.#orders) await sendOrders(served.url, this.#orders);
    this.#url = served.url;
  }
}

async function sendOrders(url: string, orders: Orders): Promise<void> {
  const { status } = await fetch(url + CONTROL.orders, { method: 'POST', body: JSON.stringify(orders) });
  if (status !== 200) throw new Error(`the Worker answered its orders with ${status}`);
}

function newToken(secret: string): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const claims = { ...PERSON, iss: 'edgewatch', aud: 'edgewatch-api', iat: now - 7_200, exp: now + 36_000 };
  return sign(claims, secret, 'HS256');
}
