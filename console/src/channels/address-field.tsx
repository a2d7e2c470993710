import type { ErrorOf } from '../kit/field-error.ts';
import { FormField } from '../ui/form-field.tsx';
import { Input } from '../ui/input.tsx';
import type { ChannelDraft } from './channel-draft.ts';
import { CHANNEL_TYPES } from './channel-types.ts';

type Props = {
  draft: ChannelDraft;
  /** What may be seen of the address that is there already. */
  target: string | undefined;
  errorOf: ErrorOf;
  onChange: (address: string) => void;
};

/** Where a channel sends to. It is never shown again, so a channel keeps what it has when nothing is written. */
export function AddressField({ draft, target, errorOf, onChange }: Props) {
  const { field, label, hint } = CHANNEL_TYPES[draft.type].address;
  return (
    <FormField
      label={label}
      hint={target === undefined ? hint : `Now ${target}. Empty leaves it as it is.`}
      error={errorOf(`#/${field}`, 'deep')}
    >
      <Input
        required={target === undefined}
        autoComplete="off"
        spellCheck={false}
        value={draft.address}
        onChange={(event) => onChange(event.target.value)}
      />
    </FormField>
  );
}
