import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import type { Matcher } from '../kit/matchers.ts';
import { useSettled } from '../kit/use-settled.ts';
import { silencePreviewQuery } from './silence-queries.ts';

const isWhole = ({ field, value }: Matcher) => field !== '' && value.length > 0;

/** How many of the newest events these matchers would have silenced. */
export function SilencePreview({ matchers }: { matchers: Matcher[] }) {
  const settled = useSettled(matchers);
  const isReady = settled.length > 0 && settled.every(isWhole);
  const { data, error } = useQuery({ ...silencePreviewQuery(settled), enabled: isReady });
  return (
    <div role="status">
      {isReady && data && !error && (
        <p className="flex items-start gap-2 rounded-md border border-line bg-surface px-3 py-2">
          {data.alerting > 0 && data.matching === data.events && (
            <TriangleAlert aria-label="Warning" className="mt-0.5 size-4 shrink-0 text-high" />
          )}
          <span>
            Of the newest {data.events.toLocaleString('en')} events{' '}
            <strong>{data.matching.toLocaleString('en')}</strong> match,{' '}
            <strong>{data.alerting.toLocaleString('en')}</strong> of them High or Critical.
          </span>
        </p>
      )}
    </div>
  );
}
