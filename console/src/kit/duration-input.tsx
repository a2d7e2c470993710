import { type ComponentProps, useState } from 'react';
import { Input } from '../ui/input.tsx';
import { Select } from '../ui/select.tsx';

type Props = Omit<ComponentProps<'input'>, 'value' | 'onChange'> & {
  /** What it is the unit of, for those who hear it. */
  name: string;
  /** In seconds; null while it is empty. */
  value: number | null;
  onChange: (seconds: number | null) => void;
};

const UNITS = [
  { value: '1', label: 'seconds' },
  { value: '60', label: 'minutes' },
  { value: '3600', label: 'hours' },
  { value: '86400', label: 'days' },
];

/** A length of time in a unit that people think in. It stands in a `FormField`. */
export function DurationInput({ name, value, onChange, className, ...props }: Props) {
  const [unit, setUnit] = useState(() => unitOf(value));
  const [amount, setAmount] = useState(value === null ? '' : String(value / unit));
  function change(nextAmount: string, nextUnit: number) {
    setAmount(nextAmount);
    setUnit(nextUnit);
    onChange(nextAmount === '' ? null : Math.round(Number(nextAmount) * nextUnit));
  }
  return (
    <span className="flex gap-1.5">
      <Input
        {...props}
        type="number"
        min={0}
        step="any"
        className="min-w-16"
        value={amount}
        onChange={({ target }) => change(target.value, unit)}
      />
      <Select
        aria-label={`Unit of ${name}`}
        className="w-30! shrink-0"
        options={UNITS}
        value={String(unit)}
        onChange={({ target }) => change(amount, Number(target.value))}
      />
    </span>
  );
}

/** The largest unit in which it is a whole number; minutes for nothing. */
function unitOf(seconds: number | null): number {
  const sizes = UNITS.map(({ value }) => Number(value));
  return seconds ? (sizes.findLast((size) => seconds % size === 0) ?? 1) : 60;
}
