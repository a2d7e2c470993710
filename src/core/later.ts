import { describeError, log } from './log.ts';

/** Starts work that no answer waits for, and logs it when it fails. */
export function runLater(execution: Pick<ExecutionContext, 'waitUntil'>) {
  return (name: string, work: () => Promise<unknown>): void => {
    execution.waitUntil(work().catch((error) => log.warn(`${name} failed`, describeError(error))));
  };
}
