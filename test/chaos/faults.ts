/** Where a kill -9 of the whole process group falls: each is announced by the Worker, which then waits for it. */
export const KILLS = {
  'kill mid-batch': 'a batch of events is on its way into D1',
  'kill before response': 'events are committed, the answer is not out',
  'kill before send': 'events are committed, their message is not sent',
  'kill mid-raise': 'alerts are on their way into D1',
  'kill before ack': 'alerts are committed, their message is not acked',
} as const;

/** What the wrapped bindings, the wrapped clock and the runner do, one a round. */
export const FAULTS = {
  'send throws': 'the queue refuses the message',
  'send hangs': 'the queue does not answer',
  'send vanishes': 'the queue takes the message and loses it',
  'send duplicates': 'the queue delivers the message three times',
  'consumer throws before commit': 'nothing of a delivery was done',
  'consumer throws after commit': 'all of a delivery was done, and it comes again',
  'poison message': 'messages that cannot be read',
  'message of a deleted event': 'messages that name events that are gone or never were',
  'D1 overloaded': 'a third of all queries is refused',
  'D1 lost before commit': 'a third of all queries loses its connection, and was not run',
  'D1 lost after commit': 'a third of all queries loses its connection, and was run',
  'KV down': 'every operation fails',
  'KV 429': 'every operation is refused as too many',
  'D1 down with R2 up': 'D1 refuses everything for a while',
  'R2 down with D1 up': 'R2 refuses everything',
  'clock an hour ahead': 'events are stamped with the future',
  'clock an hour behind': 'events are stamped with the past',
  'overlapping crons': 'each cron runs three times at once',
  'dead-letter consumer throws': 'nothing of a delivery of dead letters was done',
} as const;

export type Kill = keyof typeof KILLS;
export type Fault = keyof typeof FAULTS;

export const KILL_NAMES = Object.keys(KILLS) as Kill[];
export const FAULT_NAMES = Object.keys(FAULTS) as Fault[];

/** What the runner tells the Worker. A kill comes when its point is reached for the `after`th time. */
export type Orders = {
  seed: number;
  fault: Fault | null;
  kill: { point: Kill; after: number } | null;
};

/** The Worker's own paths; the product has none below. */
export const CONTROL = { orders: '/chaos/orders', send: '/chaos/send', pending: '/chaos/pending' };
