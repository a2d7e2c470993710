import { Store } from '../core/store.ts';

type Waiting = { done: () => void };

/** Set while a request waits for the person to sign in again; the dialog shows itself for as long. */
export const interruption = new Store<Waiting | null>(null);

let waiting: Promise<void> | undefined;

/** Asks for a new sign-in over the page. However many requests wait, the person is asked once. */
export function signInAgain(): Promise<void> {
  waiting ??= new Promise<void>((resolve) => {
    interruption.set({
      done: () => {
        waiting = undefined;
        interruption.set(null);
        resolve();
      },
    });
  });
  return waiting;
}
