import { type ReactNode, useId } from 'react';

type Props = { title: string; hint?: ReactNode; children: ReactNode };

/** A part of the profile: what it is about at the left, or above on a narrow screen, and what can be done at the right. */
export function ProfileSection({ title, hint, children }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="grid gap-x-8 gap-y-4 py-6 md:grid-cols-[14rem_minmax(0,1fr)]">
      <div className="space-y-1">
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        {hint && <p className="text-muted">{hint}</p>}
      </div>
      <div className="min-w-0">{children}</div>
    </section>
  );
}
