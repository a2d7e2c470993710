import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { alertQuery } from './alert-queries.ts';
import type { Alert } from './alert-values.ts';

type Options = {
  rows: readonly Alert[];
  cursorId: number | null;
  previewId: number | undefined;
  onPreview: (id: number) => void;
};

/** The alert that keys are about: the one in the preview, which follows the cursor, or the one under the cursor. */
export function useFocusedAlert({ rows, cursorId, previewId, onPreview }: Options) {
  const isOpen = previewId !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the preview follows the cursor, and not the other way round
  useEffect(() => {
    if (isOpen && cursorId !== null) onPreview(cursorId);
  }, [cursorId]);
  const id = previewId ?? cursorId ?? 0;
  const row = rows.find((alert) => alert.id === id);
  const { data, error } = useQuery({ ...alertQuery(id), enabled: isOpen && !row });
  return { alert: row ?? (isOpen ? data : undefined), error: row ? null : error };
}
