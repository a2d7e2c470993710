import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemState } from '../ui/problem-state.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { ItemList } from './item-list.tsx';

type Props<Item> = {
  label: string;
  query: UseQueryResult<{ data: Item[] }>;
  /** What stands there while there are none. */
  empty: ReactNode;
  children: (item: Item, index: number) => ReactNode;
};

/** A list that the API answers as a whole; or that it is loading, empty, or could not be had. */
export function WholeList<Item>({ label, query: { data, error, refetch }, empty, children }: Props<Item>) {
  if (error && !data) return <ProblemState error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <div className="p-4">
        <ProgressBar label="Loading" />
      </div>
    );
  }
  return data.data.length === 0 ? empty : <ItemList label={label}>{data.data.map(children)}</ItemList>;
}
