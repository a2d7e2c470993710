import { useMutation } from '@tanstack/react-query';
import { ApiProblem } from '../api/api-problem.ts';
import { type ErrorOf, errorReader } from './field-error.ts';

/** The sending of a form, as `FormDialog` takes it. */
export type Save = { save: () => void; isBusy: boolean; problem: ApiProblem | null; errorOf: ErrorOf };

type Options<Result> = { send: () => Promise<Result>; onSaved: (result: Result) => unknown };

/** Sends what a form holds. A refusal stays as `problem`, for the fields to show. */
export function useSave<Result>({ send, onSaved }: Options<Result>): Save {
  const { mutate, error, isPending } = useMutation({ mutationFn: send, onSuccess: onSaved });
  const problem = error instanceof ApiProblem ? error : null;
  return { save: () => mutate(), isBusy: isPending, problem, errorOf: errorReader(problem) };
}
