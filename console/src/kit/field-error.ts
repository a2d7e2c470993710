import type { ApiProblem } from '../api/api-problem.ts';

/** What a problem says of one field, such as `#/username`, as a sentence beginning: "Is wrong". */
export function fieldError(problem: ApiProblem | null, pointer: string): string | undefined {
  const detail = problem?.errors.find((error) => error.pointer === pointer)?.detail;
  return detail && `${detail.charAt(0).toUpperCase()}${detail.slice(1)}.`;
}
