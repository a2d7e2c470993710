import { type FormEvent, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FormField } from '../ui/form-field.tsx';
import { Input } from '../ui/input.tsx';
import { boundsOf, MAX_RANGE_MS, type Range } from './range-search.ts';

type Props = {
  /** The one that is shown now. */
  range: Range;
  onChoose: (range: Range) => void;
  onClose: () => void;
};

/** Asks from when to when, by the clock of this machine. */
export function OwnRangeDialog({ range, onChoose, onClose }: Props) {
  const [before] = useState(() => boundsOf(range));
  const [[from, to], setTimes] = useState<[string, string]>([localInput(before[0]), localInput(before[1])]);
  const [isAsked, setIsAsked] = useState(false);
  const problems = isAsked ? problemsOf(from, to) : {};

  function submit(event: FormEvent) {
    event.preventDefault();
    setIsAsked(true);
    if (Object.keys(problemsOf(from, to)).length > 0) return;
    onChoose({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });
    onClose();
  }
  return (
    <Dialog title="Another range of time" onClose={onClose}>
      <form noValidate onSubmit={submit} className="space-y-3">
        <FormField label="From" error={problems.from}>
          <Input type="datetime-local" value={from} onChange={({ target }) => setTimes([target.value, to])} />
        </FormField>
        <FormField label="To" error={problems.to}>
          <Input type="datetime-local" value={to} onChange={({ target }) => setTimes([from, target.value])} />
        </FormField>
        <Button type="submit" look="primary">
          Show it
        </Button>
      </form>
    </Dialog>
  );
}

function problemsOf(from: string, to: string): { from?: string; to?: string } {
  if (!from) return { from: 'Say when it begins.' };
  if (!to) return { to: 'Say when it ends.' };
  const long = Date.parse(to) - Date.parse(from);
  if (long <= 0) return { to: 'Must be later than its beginning.' };
  if (long > MAX_RANGE_MS) return { from: 'Must be at most 366 days before its end.' };
  return {};
}

/** A time as such a field wants it: without a zone, to the minute. */
function localInput(ms: number): string {
  const local = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
