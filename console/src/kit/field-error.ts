import type { ApiProblem } from '../api/api-problem.ts';

/** What a problem says of one field, such as `#/username`, as a sentence beginning: "Is wrong". */
export function fieldError(problem: ApiProblem | null, pointer: string): string | undefined {
  return sentence(problem?.errors.find((error) => error.pointer === pointer)?.detail);
}

/** What a problem says of a field, `deep` with whatever is inside it: of `#/steps/0` also `#/steps/0/channel_ids`. */
export type ErrorOf = (pointer: string, deep?: 'deep') => string | undefined;

export function errorReader(problem: ApiProblem | null): ErrorOf {
  return (pointer, deep) =>
    fieldError(problem, pointer) ??
    (deep && sentence(problem?.errors.find((error) => error.pointer.startsWith(`${pointer}/`))?.detail));
}

function sentence(detail: string | undefined): string | undefined {
  return detail && `${detail.charAt(0).toUpperCase()}${detail.slice(1)}.`;
}
