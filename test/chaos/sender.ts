import { type Answer, insist } from './client.ts';
import type { Instance } from './instance.ts';
import type { Parcel, Planned } from './plan.ts';

const AT_ONCE = 8;

/** What was sent and answered: the truth that the product is compared with. */
export class Ledger {
  /** Every event that got a 2xx, with the id of the answer where it names one. */
  readonly accepted = new Map<number, { event: Planned; id: number | null }>();
  /** Accepted events that were deleted later. */
  readonly deleted = new Set<number>();
  /** Answers that no good sensor should get, in words. */
  readonly wrong: string[] = [];
}

/** Posts as good sensors do: whatever is not answered with a 2xx is sent again as it was. */
export class Sender {
  readonly ledger = new Ledger();
  readonly #instance: Instance;
  readonly #sensorKey: string;

  constructor(instance: Instance, sensorKey: string) {
    this.#instance = instance;
    this.#sensorKey = sensorKey;
  }

  async postAll(parcels: Parcel[]): Promise<void> {
    const left = parcels.values();
    const line = async () => {
      for (const parcel of left) await this.post(parcel);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, line));
  }

  async post(parcel: Parcel): Promise<void> {
    for (let time = 0; time < (parcel.again ? 2 : 1); time++) this.#note(parcel, await this.#send(parcel));
  }

  #send({ events, form, poster }: Parcel): Promise<Answer> {
    const key = poster === 'person' ? this.#instance.token : this.#sensorKey;
    const bodies = events.map(toBody);
    const [first] = events;
    if (form === 'single' && first) {
      const headers: Record<string, string> = {};
      if (first.key !== 'external_id') headers['Idempotency-Key'] = `"key-${first.n}"`;
      const body = JSON.stringify(bodies[0]);
      return insist(this.#instance, '/api/v1/events', { method: 'POST', key, headers, body });
    }
    const headers = { 'Content-Type': form === 'json' ? 'application/json' : 'application/x-ndjson' };
    const body = form === 'json' ? JSON.stringify(bodies) : bodies.map((event) => JSON.stringify(event)).join('\n');
    return insist(this.#instance, '/api/v1/events/batch', { method: 'POST', key, headers, body });
  }

  #note({ events, form }: Parcel, { status, text }: Answer): void {
    const { accepted, wrong } = this.ledger;
    const name = `${form} of event ${events[0]?.n}`;
    if (status !== (form === 'single' ? 201 : 200)) {
      wrong.push(`${name} was answered ${status}: ${text.slice(0, 100)}`);
      return;
    }
    const answer = JSON.parse(text);
    const known = accepted.get(events[0]?.n ?? -1)?.id ?? null;
    if (form === 'single' && known !== null && known !== answer.id) {
      wrong.push(`${name} was answered as ${answer.id}, and as ${known} before`);
    }
    if (form !== 'single' && answer.accepted + answer.duplicates !== events.length) {
      wrong.push(`${name} has ${events.length} events and was answered ${text.slice(0, 100)}`);
    }
    for (const event of events) accepted.set(event.n, { event, id: form === 'single' ? answer.id : null });
  }
}

/** Every third event shares its alert with others. */
const keyOf = (n: number) => (n % 3 === 0 ? `chaos-${n % 12}` : null);

function toBody({ n, severity, key }: Planned) {
  const body = { source: `chaos-${n % 7}`, event_type: 'scan', severity, attributes: { n }, dedup_key: keyOf(n) };
  return key === 'idempotency_key' ? body : { ...body, external_id: `event-${n}` };
}
