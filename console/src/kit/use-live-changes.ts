import { useEffect, useRef } from 'react';
import { type LiveChange, watchLive } from '../api/live.ts';

/** So often at most: a storm of changes is one look. */
const GATHER_MS = 500;

/** The ids of one kind that were changed, those of them that are new, and whether anything may have been missed. */
export type Changes = { changed: ReadonlySet<number>; raised: boolean; afresh: boolean };

/**
 * Tells what others did to things of a kind, such as `alert`, as it happens; without a live connection it says `afresh`
 * every now and then.
 */
export function useLiveChanges(kind: 'alert' | 'incident', onChanges: (changes: Changes) => void): void {
  const latest = useRef(onChanges);
  useEffect(() => {
    latest.current = onChanges;
  });
  useEffect(() => {
    let heard: (LiveChange | 'afresh')[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = watchLive((change) => {
      heard.push(change);
      timer ??= setTimeout(() => {
        timer = undefined;
        const changes = gathered(kind, heard);
        heard = [];
        if (changes.afresh || changes.changed.size > 0) latest.current(changes);
      }, GATHER_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [kind]);
}

function gathered(kind: string, heard: readonly (LiveChange | 'afresh')[]): Changes {
  const told = heard.filter((change) => change !== 'afresh');
  const ids = told.flatMap(({ subjects }) =>
    subjects.flatMap((subject) => (subject.startsWith(`${kind}:`) ? Number(subject.slice(kind.length + 1)) : [])),
  );
  const raised = told.some(({ type }) => type === 'alert.raise' || type === 'incident.create');
  return { changed: new Set(ids), raised, afresh: told.length < heard.length };
}
