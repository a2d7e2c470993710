import { ApiProblem } from '../api/api-problem.ts';
import { Store } from '../core/store.ts';

export type Toast = {
  id: number;
  title: string;
  description?: string | undefined;
  isProblem?: boolean;
  /** Takes it back; the toast is closed by then. */
  undo?: (() => void) | undefined;
};

/** Those on the screen, the latest last. */
export const toasts = new Store<readonly Toast[]>([]);

const MOST = 3;
let lastId = 0;

/** Says that something was done; with `undo` it offers to take it back. Answers a way to close it early. */
export function toast(message: Omit<Toast, 'id'>): () => void {
  lastId += 1;
  const shown = { ...message, id: lastId };
  toasts.set([...toasts.get(), shown].slice(-MOST));
  return () => closeToast(shown.id);
}

export function closeToast(id: number): void {
  toasts.set(toasts.get().filter((other) => other.id !== id));
}

/** Takes the latest change back that still can be. */
export function undoLatest(): void {
  const latest = toasts.get().findLast(({ undo }) => undo);
  if (!latest) return;
  closeToast(latest.id);
  latest.undo?.();
}

/** Says that something failed, and under which id the log knows it. */
export function toastProblem(error: unknown): void {
  const problem = error instanceof ApiProblem ? error : null;
  const trace = problem && problem.status >= 500 && problem.requestId ? ` Request id: ${problem.requestId}` : '';
  const description = (problem?.detail ?? 'Something failed in this page.') + trace;
  toast({ title: problem?.title ?? 'That did not work', description, isProblem: true });
}
