import { Minus, Plus } from 'lucide-react';

type State = Record<string, unknown> | null;

/** What a change made another, field by field: what was there is taken away, what is there is added. */
export function Difference({ before, after }: { before: State; after: State }) {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return (
    <section aria-label="Difference">
      <h2 className="mb-1 font-semibold">Difference</h2>
      {names.length === 0 && <p className="text-muted">It changed no field.</p>}
      <dl className="space-y-2">
        {names.map((name) => (
          <div key={name}>
            <dt className="text-muted">{name}</dt>
            <dd className="space-y-0.5">
              {before && name in before && <Side is="before" value={before[name]} />}
              {after && name in after && <Side is="after" value={after[name]} />}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Side({ is, value }: { is: 'before' | 'after'; value: unknown }) {
  const isBefore = is === 'before';
  const Icon = isBefore ? Minus : Plus;
  const Tag = isBefore ? 'del' : 'ins';
  return (
    <Tag className="flex items-start gap-1.5 rounded bg-surface px-2 py-1 font-mono text-xs no-underline">
      <Icon
        aria-label={isBefore ? 'Before' : 'After'}
        className={`mt-0.5 size-3.5 shrink-0 ${isBefore ? 'text-danger' : 'text-success'}`}
      />
      <span className="min-w-0 break-words whitespace-pre-wrap">{shown(value)}</span>
    </Tag>
  );
}

/** As it was stored, for this is evidence; only texts go without their quotes. */
function shown(value: unknown): string {
  if (value === '') return '(empty)';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
