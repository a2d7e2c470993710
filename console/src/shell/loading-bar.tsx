import { useRouterState } from '@tanstack/react-router';

/** A thin line at the top while the next page is on its way. */
export function LoadingBar() {
  const isLoading = useRouterState({ select: ({ status }) => status === 'pending' });
  return (
    <div aria-hidden className="pointer-events-none fixed inset-x-0 top-0 z-60 h-0.5 overflow-hidden">
      {isLoading && <div className="h-full w-1/3 animate-[sweep_1.2s_ease-in-out_infinite] bg-accent-fill" />}
    </div>
  );
}
