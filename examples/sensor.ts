/** What a sensor says of an event. `external_id` and `occurred_at` are filled in when they are missing. */
export type SensorEvent = {
  source: string;
  event_type: string;
  severity: 'low' | 'medium' | 'high' | 'critical';
  description?: string;
  attributes?: Record<string, unknown>;
  dedup_key?: string;
  external_id?: string;
  occurred_at?: string;
};

export type SensorOptions = {
  /** Where Edgewatch is: `https://edgewatch.example`. */
  url: string;
  /** The sensor's key: `ews_…`. */
  key: string;
  /** A batch is sent when it has so many events or bytes, or when its first event has waited so long. */
  maxEvents?: number;
  maxBytes?: number;
  maxWaitMs?: number;
  /** Events that may wait in memory. One more is not taken and goes to `onOverflow`. */
  maxBuffered?: number;
  /** A request without an answer is given up after so long, and sent again. */
  timeoutMs?: number;
  onOverflow?: (event: SensorEvent) => void;
  /** Edgewatch found something wrong with this event; it is not sent again. */
  onRejected?: (event: SensorEvent, why: unknown) => void;
  /** A batch was not stored and will be sent again. */
  onRetry?: (retry: { status: number | undefined; waitMs: number }) => void;
};

type Entry = { event: SensorEvent; line: string; bytes: number };
type Answer = { status: number; retryAfter: string | null; body: unknown };

const DEFAULTS = { maxEvents: 500, maxBytes: 1_000_000, maxWaitMs: 5_000, maxBuffered: 10_000, timeoutMs: 30_000 };
const REFUSALS = [400, 413, 415];
const MAX_BACKOFF_MS = 60_000;

/** Sends events in batches, one at a time, each until it is stored. What it took is never stored twice. */
export function createSensor(options: SensorOptions): Sensor {
  return new Sensor(options);
}

class Sensor {
  readonly #options: SensorOptions & typeof DEFAULTS;
  #waiting: Entry[] = [];
  #bytes = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending: Promise<void> | undefined;
  #isClosed = false;

  constructor(options: SensorOptions) {
    this.#options = { ...DEFAULTS, ...options };
  }

  /** Takes an event; false when there is no room for it. */
  send(event: SensorEvent): boolean {
    if (this.#isClosed) throw new Error('the sensor is closed');
    const { maxBuffered, maxEvents, maxBytes, maxWaitMs, onOverflow } = this.#options;
    if (this.#waiting.length >= maxBuffered) {
      onOverflow?.(event);
      return false;
    }
    const { external_id = crypto.randomUUID(), occurred_at = new Date().toISOString() } = event;
    const line = `${JSON.stringify({ ...event, external_id, occurred_at })}\n`;
    const bytes = new TextEncoder().encode(line).byteLength;
    this.#waiting.push({ event, line, bytes });
    this.#bytes += bytes;
    if (this.#waiting.length >= maxEvents || this.#bytes >= maxBytes) void this.flush();
    else this.#timer ??= setTimeout(() => void this.flush(), maxWaitMs);
    return true;
  }

  /** Sends what is waiting; done when nothing is. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = undefined;
    });
    return this.#sending;
  }

  /** Takes no more and sends the rest; done when all of it is stored. */
  async close(): Promise<void> {
    this.#isClosed = true;
    while (this.#waiting.length > 0) await this.flush();
  }

  async #sendAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#nextBatch();
      await this.#sendUntilStored(batch);
      this.#waiting.splice(0, batch.length);
      for (const { bytes } of batch) this.#bytes -= bytes;
    }
  }

  #nextBatch(): Entry[] {
    const { maxEvents, maxBytes } = this.#options;
    const batch: Entry[] = [];
    let bytes = 0;
    for (const entry of this.#waiting.slice(0, maxEvents)) {
      bytes += entry.bytes;
      if (bytes > maxBytes && batch.length > 0) break;
      batch.push(entry);
    }
    return batch;
  }

  async #sendUntilStored(batch: Entry[]): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      const answer = await this.#post(batch).catch(() => undefined);
      if (answer?.status === 200) return this.#report(batch, answer.body as { rejected: Rejected[] });
      if (answer && REFUSALS.includes(answer.status)) {
        for (const { event } of batch) this.#options.onRejected?.(event, answer.body);
        return;
      }
      const waitMs = pauseMs(attempt, answer?.retryAfter);
      this.#options.onRetry?.({ status: answer?.status, waitMs });
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }

  #report(batch: Entry[], { rejected }: { rejected: Rejected[] }): void {
    for (const { index, errors } of rejected) {
      const entry = batch[index];
      if (entry) this.#options.onRejected?.(entry.event, errors);
    }
  }

  async #post(batch: Entry[]): Promise<Answer> {
    const { url, key, timeoutMs } = this.#options;
    const lines = new Blob(batch.map(({ line }) => line)).stream();
    const response = await fetch(`${url}/api/v1/events/batch`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${key}`,
        'Content-Type': 'application/x-ndjson',
        'Content-Encoding': 'gzip',
      },
      body: await new Response(lines.pipeThrough(new CompressionStream('gzip'))).arrayBuffer(),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    // An answer that breaks off tells nothing: the batch is sent again.
    const text = await response.text();
    const { status } = response;
    const counts = status === 200 || REFUSALS.includes(status);
    return { status, retryAfter: response.headers.get('Retry-After'), body: counts ? JSON.parse(text) : text };
  }
}

type Rejected = { index: number; errors: unknown };

/** Not before Retry-After; otherwise any moment of a time that doubles. */
function pauseMs(attempt: number, retryAfter: string | null | undefined): number {
  if (retryAfter && /^\d+$/.test(retryAfter)) return (Number(retryAfter) + Math.random()) * 1_000;
  return Math.random() * Math.min(MAX_BACKOFF_MS, 500 * 2 ** attempt);
}
