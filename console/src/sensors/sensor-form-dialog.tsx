import { useState } from 'react';
import { CheckField } from '../kit/check-field.tsx';
import { DurationInput } from '../kit/duration-input.tsx';
import { FormDialog } from '../kit/form-dialog.tsx';
import { NameField } from '../kit/name-field.tsx';
import { useSave } from '../kit/use-save.ts';
import { FormField } from '../ui/form-field.tsx';
import type { Sensor } from './sensor-queries.ts';

/** What the form says, as the API takes it. */
export type SensorDraft = Pick<Sensor, 'name' | 'expected_interval' | 'watch_origin'>;

type Props<Result> = {
  title: string;
  action: string;
  sensor?: Sensor;
  send: (draft: SensorDraft) => Promise<Result>;
  onSaved: (result: Result) => void;
  onClose: () => void;
};

const KNOWN = ['#/name', '#/expected_interval', '#/watch_origin'];

/** The form of a sensor, new or not. */
export function SensorFormDialog<Result>({ title, action, sensor, send, onSaved, onClose }: Props<Result>) {
  const [draft, setDraft] = useState<SensorDraft>(() => draftOf(sensor));
  const change = (changed: Partial<SensorDraft>) => setDraft({ ...draft, ...changed });
  const form = useSave({ send: () => send({ ...draft, name: draft.name.trim() }), onSaved });
  return (
    <FormDialog title={title} action={action} form={form} known={KNOWN} onClose={onClose}>
      <NameField value={draft.name} error={form.errorOf('#/name')} onChange={(name) => change({ name })} />
      <FormField
        label="Expected interval"
        error={form.errorOf('#/expected_interval')}
        hint="Silent for longer, it raises an alert. Empty: it is not watched."
      >
        <DurationInput
          name="the expected interval"
          value={draft.expected_interval}
          onChange={(expected_interval) => change({ expected_interval })}
        />
      </FormField>
      <CheckField
        label="Raise an alert when it posts from a new network, or from two continents"
        checked={draft.watch_origin}
        onChange={(watch_origin) => change({ watch_origin })}
      />
    </FormDialog>
  );
}

function draftOf(sensor: Sensor | undefined): SensorDraft {
  const { name = '', expected_interval = null, watch_origin = true } = sensor ?? {};
  return { name, expected_interval, watch_origin };
}
