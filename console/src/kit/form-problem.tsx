import type { ApiProblem } from '../api/api-problem.ts';
import { Countdown } from './countdown.tsx';

type Props = {
  problem: ApiProblem | null;
  /** The pointers that fields of the form show themselves, with all below them. */
  known?: readonly string[];
};

/** What went wrong with a form as a whole; errors of its fields stand beside them. Read aloud when it appears. */
export function FormProblem({ problem, known = [] }: Props) {
  const errors =
    problem?.errors.filter(({ pointer }) => !known.some((own) => `${pointer}/`.startsWith(`${own}/`))) ?? [];
  const isShownElsewhere = problem?.code === 'validation' && problem.errors.length > 0 && errors.length === 0;
  return (
    <div role="alert">
      {problem && !isShownElsewhere && (
        <p className="rounded-md border border-danger/40 px-3 py-2 text-danger">
          {errors.length > 0
            ? errors.map(({ pointer, detail }) => `${nameOf(pointer)} ${detail}`).join('; ')
            : problem.detail}
          {problem.status === 429 && problem.retryAfter && (
            <>
              {' '}
              Try again in <Countdown seconds={problem.retryAfter} />.
            </>
          )}
        </p>
      )}
    </div>
  );
}

const nameOf = (pointer: string) => pointer.replace(/^#?\/?/, '').replaceAll('/', ' ');
