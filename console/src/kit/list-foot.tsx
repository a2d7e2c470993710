import { ProblemState } from '../ui/problem-state.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';

type Props = {
  list: {
    isPending: boolean;
    isFetching: boolean;
    hasNextPage: boolean;
    error: Error | null;
    isFetchNextPageError: boolean;
    refetch: () => unknown;
    fetchNextPage: () => unknown;
  };
};

/** What stands below the last row of a list: it is loading, it failed, or that was all. */
export function ListFoot({ list }: Props) {
  const { isPending, isFetching, hasNextPage, error } = list;
  if (error)
    return (
      <ProblemState error={error} onRetry={() => (list.isFetchNextPageError ? list.fetchNextPage() : list.refetch())} />
    );
  if (isPending || (isFetching && hasNextPage)) {
    return (
      <div className="mx-auto w-40 py-6">
        <ProgressBar label="Loading" />
      </div>
    );
  }
  return hasNextPage ? null : <p className="py-4 text-center text-xs text-muted">That is all.</p>;
}
