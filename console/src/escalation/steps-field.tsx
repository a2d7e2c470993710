import { Plus } from 'lucide-react';
import type { ErrorOf } from '../kit/field-error.ts';
import { Button } from '../ui/button.tsx';
import { nextStep, type StepDraft } from './policy-draft.ts';
import { StepField } from './step-field.tsx';

type Props = { steps: readonly StepDraft[]; errorOf: ErrorOf; onChange: (steps: StepDraft[]) => void };

const MOST = 10;

/** Who is told when, for as long as nobody acknowledges. */
export function StepsField({ steps, errorOf, onChange }: Props) {
  const error = errorOf('#/steps');
  return (
    <fieldset className="space-y-2">
      <legend className="font-medium">Steps</legend>
      <p className="text-muted">Who is told while nobody acknowledges. Without any step nobody is.</p>
      {steps.map((step, index) => (
        <StepField
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have nothing else that they are known by
          key={`${index} of ${steps.length}`}
          number={index + 1}
          step={step}
          errorOf={errorOf}
          onChange={(changed) => onChange(steps.with(index, changed))}
          onRemove={() => onChange(steps.toSpliced(index, 1))}
        />
      ))}
      {steps.length < MOST && (
        <Button size="small" onClick={() => onChange([...steps, nextStep(steps)])}>
          <Plus aria-hidden className="size-4" />
          Add a step
        </Button>
      )}
      {error && <p className="text-danger">{error}</p>}
    </fieldset>
  );
}
