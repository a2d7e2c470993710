/** The current time. Operations read time only through their context, so tests can set it. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
