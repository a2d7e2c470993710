import { type ReactNode, useEffect } from 'react';
import { Logo } from '../shell/logo.tsx';

/** A page for people who are not signed in: one thing to do, in the middle. */
export function FrontPage({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Edgewatch`;
  }, [title]);
  return (
    <main className="flex min-h-full items-start justify-center bg-surface px-4 pt-[14vh] pb-8">
      <div className="w-full max-w-sm">
        <div className="mb-6 flex items-center justify-center gap-2 text-lg font-semibold">
          <Logo className="size-7" />
          Edgewatch
        </div>
        <div className="rounded-lg border border-line bg-raised p-6">
          <h1 className="mb-4 text-base font-semibold">{title}</h1>
          {children}
        </div>
      </div>
    </main>
  );
}
