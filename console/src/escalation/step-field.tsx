import { X } from 'lucide-react';
import { ChannelPicks } from '../kit/channel-picks.tsx';
import { DurationInput } from '../kit/duration-input.tsx';
import type { ErrorOf } from '../kit/field-error.ts';
import { Button } from '../ui/button.tsx';
import { FormField } from '../ui/form-field.tsx';
import type { StepDraft } from './policy-draft.ts';
import { useChannels } from './use-channels.ts';

type Props = {
  /** Its place, from 1. */
  number: number;
  step: StepDraft;
  errorOf: ErrorOf;
  onChange: (step: StepDraft) => void;
  onRemove: () => void;
};

/** One step: so long after the alert was raised these channels are told. */
export function StepField({ number, step, errorOf, onChange, onRemove }: Props) {
  const channels = useChannels();
  const pointer = `#/steps/${number - 1}`;
  return (
    <div className="relative grid gap-3 rounded-md border border-line p-3 pr-11 sm:grid-cols-[14rem_minmax(0,1fr)]">
      <FormField label={`Step ${number}, after`} error={errorOf(`${pointer}/after_seconds`)}>
        <DurationInput
          name={`step ${number}`}
          required
          value={step.afterSeconds}
          onChange={(afterSeconds) => onChange({ ...step, afterSeconds })}
        />
      </FormField>
      <ChannelPicks
        label={`Step ${number} tells`}
        channels={channels}
        value={step.channelIds}
        error={errorOf(`${pointer}/channel_ids`, 'deep')}
        onChange={(channelIds) => onChange({ ...step, channelIds })}
      />
      <Button
        look="quiet"
        size="icon"
        className="absolute top-1.5 right-1.5"
        aria-label={`Remove step ${number}`}
        onClick={onRemove}
      >
        <X aria-hidden className="size-4" />
      </Button>
    </div>
  );
}
