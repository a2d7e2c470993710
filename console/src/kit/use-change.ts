import { useMutation } from '@tanstack/react-query';
import { ApiProblem } from '../api/api-problem.ts';
import { toast, toastProblem } from '../shell/toast.ts';
import { hold, Withdrawn } from './hold.ts';

/** How long "Undo" is there before a change is sent that the API cannot take back. */
const HOLD_MS = 5000;

type Options<Input, Result> = {
  /** Sends it. With `undo: 'hold'` it may run while the page goes away: give the request `keepalive`. */
  send: (input: Input) => Promise<Result>;
  /** Shows it on the screen at once, and answers how to take that back. */
  show: (input: Input) => () => void;
  /** Puts what the API answered in the place of what was shown. */
  settle?: (result: Result, input: Input) => void;
  /** What was done, as the toast says it: "Alert 17 acknowledged". */
  says: (input: Input) => string;
  /** Reverses it. Or `hold`, for what has no way back: it is sent only when nobody has undone it for some seconds. */
  undo?: 'hold' | ((result: Result, input: Input) => Promise<unknown>);
  /** After a 409 or a 412: reads the thing as it is now, puts it in place, and says who changed what. */
  explain?: (input: Input) => Promise<string>;
};

/**
 * A change that is on the screen before the server knows of it, can be undone, and explains itself when someone else was
 * first. The promise is true when it was done; failures have been told by then.
 */
export function useChange<Input, Result>({ send, show, settle, says, undo, explain }: Options<Input, Result>) {
  // By Query, which waits for the connection and for quotas.
  const { mutateAsync, isPending } = useMutation({ mutationFn: send });

  async function change(input: Input): Promise<boolean> {
    const takeBack = show(input);
    try {
      if (undo === 'hold') await offerUndo(says(input));
      const result = await mutateAsync(input);
      settle?.(result, input);
      if (undo !== 'hold') tell({ result, input });
      return true;
    } catch (error) {
      takeBack();
      if (!(error instanceof Withdrawn)) await tellFailure({ error, input, explain });
      return false;
    }
  }

  function tell({ result, input }: { result: Result; input: Input }) {
    const reverse = typeof undo === 'function' && (() => void undo(result, input).catch(toastProblem));
    toast({ title: says(input), ...(reverse && { undo: reverse }) });
  }

  return { change, isPending };
}

async function offerUndo(title: string): Promise<void> {
  const held = hold(HOLD_MS);
  const close = toast({ title, undo: held.withdraw });
  await held.until.finally(close);
}

type Failure<Input> = { error: unknown; input: Input; explain: ((input: Input) => Promise<string>) | undefined };

async function tellFailure<Input>({ error, input, explain }: Failure<Input>): Promise<void> {
  const someoneElse = error instanceof ApiProblem && (error.status === 409 || error.status === 412);
  if (!someoneElse || !explain) return toastProblem(error);
  await explain(input).then((description) => toast({ title: 'Someone else was first', description }), toastProblem);
}
