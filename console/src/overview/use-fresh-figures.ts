import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { INCIDENT_FACETS } from '../incidents/incident-queries.ts';
import { useLiveChanges } from '../kit/use-live-changes.ts';
import { REPORTS } from '../reports/report-queries.ts';

/** A flood of changes is one look this often. */
const REST_MS = 5_000;

/** Has the figures of the page read again soon after something was changed. */
export function useFreshFigures(): void {
  const queries = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const lookSoon = () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void queries.invalidateQueries({ queryKey: REPORTS });
      void queries.invalidateQueries({ queryKey: INCIDENT_FACETS });
    }, REST_MS);
  };
  useLiveChanges('alert', lookSoon);
  useLiveChanges('incident', lookSoon);
}
