import type { ApiProblem } from '../api/api-problem.ts';
import { fieldError } from '../kit/field-error.ts';
import { Checkbox } from '../ui/checkbox.tsx';
import { FormField } from '../ui/form-field.tsx';
import { Input } from '../ui/input.tsx';
import type { Sensor } from './sensor-queries.ts';

/** The pointers of its fields, for `FormProblem`. */
export const SENSOR_POINTERS = ['#/name', '#/expected_interval', '#/watch_origin'];

type Props = { sensor?: Sensor | undefined; problem: ApiProblem | null };

/** The fields of a new sensor, or of one that is changed. */
export function SensorFormFields({ sensor, problem }: Props) {
  const interval = sensor?.expected_interval ?? null;
  return (
    <>
      <FormField label="Name" error={fieldError(problem, '#/name')}>
        <Input name="name" required autoFocus maxLength={100} autoComplete="off" defaultValue={sensor?.name} />
      </FormField>
      <FormField
        label="Expected interval in seconds"
        error={fieldError(problem, '#/expected_interval')}
        hint="Silent for longer, it raises an alert. Empty: it is not watched."
      >
        <Input name="interval" type="number" min={60} max={604_800} defaultValue={interval ?? ''} />
      </FormField>
      <div className="flex items-start gap-2">
        <Checkbox
          id="watch-origin"
          name="watch_origin"
          className="mt-0.5"
          defaultChecked={sensor?.watch_origin ?? true}
        />
        <label htmlFor="watch-origin">Raise an alert when it posts from a new network, or from two continents</label>
      </div>
    </>
  );
}

/** What the form says, as the API takes it. */
export function sensorBody(form: FormData) {
  const interval = String(form.get('interval') ?? '').trim();
  return {
    name: String(form.get('name') ?? '').trim(),
    expected_interval: interval === '' ? null : Number(interval),
    watch_origin: form.has('watch_origin'),
  };
}
