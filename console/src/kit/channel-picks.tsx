import { useId } from 'react';
import type { Schemas } from '../api/schema.ts';
import { CheckField } from './check-field.tsx';

type Props = {
  label: string;
  channels: readonly Schemas['Channel'][];
  value: readonly number[];
  onChange: (ids: number[]) => void;
  hint?: string;
  error?: string | undefined;
};

/** Some of the channels. One that was deleted since stays until it is taken out. */
export function ChannelPicks({ label, channels, value, onChange, hint, error }: Props) {
  const note = useId();
  const gone = value.filter((id) => !channels.some((channel) => channel.id === id));
  const choices = [
    ...channels.map(({ id, name, enabled }) => ({ id, label: enabled ? name : `${name} (disabled)` })),
    ...gone.map((id) => ({ id, label: `Channel ${id} (deleted)` })),
  ];
  return (
    <fieldset className="min-w-0" aria-describedby={error || hint ? note : undefined}>
      <legend className="mb-1 font-medium">{label}</legend>
      {choices.length === 0 && <p className="text-muted">There are no channels yet.</p>}
      <div className="flex max-h-40 flex-wrap gap-x-4 overflow-y-auto p-0.5">
        {choices.map(({ id, label: name }) => (
          <CheckField
            key={id}
            label={name}
            checked={value.includes(id)}
            invalid={error !== undefined}
            onChange={(isChosen) => onChange(isChosen ? [...value, id] : value.filter((own) => own !== id))}
          />
        ))}
      </div>
      {(error || hint) && (
        <p id={note} className={error ? 'text-danger' : 'text-muted'}>
          {error ?? hint}
        </p>
      )}
    </fieldset>
  );
}
