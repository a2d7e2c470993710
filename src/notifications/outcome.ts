/** What became of one request to a receiver. */
export type Outcome = {
  /** The HTTP status; null when there was no answer. */
  status: number | null;
  /** Why it failed; null when it did not. */
  error: string | null;
  /** How long the receiver wants to be left alone, when it said so. */
  retryAfterSeconds: number | null;
};

/** A request that is ready to be sent. */
export type Outgoing = { url: string; headers: Record<string, string>; body: string };

/** The outcome of a request that got no answer. */
export function noAnswer(error: string): Outcome {
  return { status: null, error, retryAfterSeconds: null };
}

/** Whether the receiver wants nothing any more: 410, as Standard Webhooks has it. */
export function isGone({ status }: Outcome): boolean {
  return status === 410;
}
