import type { ReactNode } from 'react';

export type Figure = { name: string; value: ReactNode; note?: ReactNode };

/** A few figures beside each other, each under its name. */
export function Figures({ label, figures }: { label: string; figures: readonly Figure[] }) {
  return (
    <dl aria-label={label} className="flex flex-wrap gap-px overflow-hidden rounded-lg border border-line bg-line">
      {figures.map(({ name, value, note }) => (
        <div key={name} className="min-w-36 flex-1 bg-canvas px-4 py-3">
          <dt className="text-xs text-muted">{name}</dt>
          <dd>
            <span className="text-xl font-semibold tabular-nums">{value}</span>
            {note && <span className="block text-xs text-muted">{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
