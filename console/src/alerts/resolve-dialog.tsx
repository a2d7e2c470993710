import { type KeyboardEvent, useState } from 'react';
import { useActions } from '../kit/use-actions.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Key } from '../ui/key.tsx';
import { VERDICT_NAMES, VERDICTS, type Verdict } from './alert-values.ts';

type Props = { what: string; onResolve: (verdict: Verdict) => void; onClose: () => void };

/** Asks what it turned out to be: by its letter, by arrows and Enter, or by pointer. */
export function ResolveDialog({ what, onResolve, onClose }: Props) {
  const [verdict, setVerdict] = useState<Verdict>('true_positive');
  // Whoever is quicker than the window need not wait for it.
  useActions(
    'Verdict',
    VERDICT_NAMES.map((name) => ({
      label: `Resolve: ${VERDICTS[name].label.toLowerCase()}`,
      keys: VERDICTS[name].key,
      run: () => onResolve(name),
    })),
  );
  function press({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) {
    const meant = VERDICT_NAMES.find((name) => VERDICTS[name].key === key);
    if (meant && !ctrlKey && !metaKey && !altKey) onResolve(meant);
  }
  return (
    <Dialog onClose={onClose} title={`Resolve ${what}`} description="What did it turn out to be?">
      <form
        onKeyDown={press}
        onSubmit={(event) => {
          event.preventDefault();
          onResolve(verdict);
        }}
      >
        <fieldset className="space-y-1">
          <legend className="sr-only">Verdict</legend>
          {VERDICT_NAMES.map((name) => (
            <label
              key={name}
              className="flex items-start gap-3 rounded-md px-3 py-2 hover:bg-hover has-checked:bg-chosen has-focus-visible:outline-2 has-focus-visible:outline-accent"
            >
              <input
                type="radio"
                name="verdict"
                checked={verdict === name}
                onChange={() => setVerdict(name)}
                className="mt-1 accent-accent-fill outline-none"
              />
              <span className="mr-auto">
                <span className="block font-medium">{VERDICTS[name].label}</span>
                <span className="text-muted">{VERDICTS[name].says}</span>
              </span>
              <Key keys={VERDICTS[name].key} />
            </label>
          ))}
        </fieldset>
        <div className="mt-4 flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary">
            Resolve
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
