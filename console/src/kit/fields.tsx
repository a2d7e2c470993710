import type { ReactNode } from 'react';

type Props = {
  label: string;
  /** Names and values in their order. What has no value is left out. */
  fields: readonly (readonly [name: string, value: ReactNode])[];
};

/** The fields of a thing, one below the other. */
export function Fields({ label, fields }: Props) {
  const known = fields.filter(([, value]) => value !== null && value !== undefined && value !== '');
  return (
    <section aria-label={label}>
      <h2 className="mb-1 font-semibold">{label}</h2>
      <dl className="grid grid-cols-[clamp(6rem,32%,10rem)_minmax(0,1fr)] gap-x-4 gap-y-1">
        {known.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="break-words text-muted">{name}</dt>
            <dd className="min-w-0 break-words">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
