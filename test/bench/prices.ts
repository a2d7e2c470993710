/**
 * Dollars for one of each, on the Workers Paid plan beyond what it includes. Read in November 2026 at
 * developers.cloudflare.com: workers/platform/pricing, d1/platform/pricing, kv/platform/pricing,
 * queues/platform/pricing. A queue consumer's run is no inbound request.
 */
export const PRICES = {
  request: 0.3 / 1e6,
  cpuMs: 0.02 / 1e6,
  rowRead: 0.001 / 1e6,
  rowWritten: 1 / 1e6,
  kvWrite: 5 / 1e6,
  kvList: 5 / 1e6,
  queueOperation: 0.4 / 1e6,
};

/** A message is written, read and deleted. */
export const OPERATIONS_PER_MESSAGE = 3;
