import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiProblem } from '../api/api-problem.ts';
import { errorReader } from '../kit/field-error.ts';
import { useSettled } from '../kit/use-settled.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormField } from '../ui/form-field.tsx';
import { Input } from '../ui/input.tsx';
import { ProblemState } from '../ui/problem-state.tsx';
import { Select } from '../ui/select.tsx';
import { EscalationPreview } from './escalation-preview.tsx';
import { escalationPreviewQuery, type Trial } from './policy-queries.ts';

const SEVERITIES = [
  { value: 'critical', label: 'Critical' },
  { value: 'high', label: 'High' },
];

/** Which policy an alert of such an event would have, and who would be told when. Nothing is sent. */
export function TryDialog({ onClose }: { onClose: () => void }) {
  const [trial, setTrial] = useState<Trial>({ source: '', event_type: '', severity: 'critical' });
  const settled = useSettled(trial);
  const isReady = settled.source.trim() !== '' && settled.event_type.trim() !== '';
  const { data, error } = useQuery({ ...escalationPreviewQuery(settled), enabled: isReady });
  const problem = error instanceof ApiProblem ? error : null;
  const errorOf = errorReader(problem);
  return (
    <Dialog
      title="Try the policies"
      description="Who would be told of an alert? Nothing is sent."
      wide
      onClose={onClose}
    >
      <div className="space-y-4">
        <div className="grid gap-4 sm:grid-cols-3">
          <FormField label="Source" error={errorOf('#/source')}>
            <Input
              autoComplete="off"
              value={trial.source}
              onChange={({ target }) => setTrial({ ...trial, source: target.value })}
            />
          </FormField>
          <FormField label="Event type" error={errorOf('#/event_type')}>
            <Input
              autoComplete="off"
              value={trial.event_type}
              onChange={({ target }) => setTrial({ ...trial, event_type: target.value })}
            />
          </FormField>
          <FormField label="Severity">
            <Select
              options={SEVERITIES}
              value={trial.severity}
              onChange={({ target }) => setTrial({ ...trial, severity: target.value as Trial['severity'] })}
            />
          </FormField>
        </div>
        <div role="status">
          {!isReady && <p className="text-muted">Name a source and a type.</p>}
          {isReady && problem && problem.code !== 'validation' && <ProblemState error={problem} />}
          {isReady && !error && data && <EscalationPreview preview={data} />}
        </div>
      </div>
    </Dialog>
  );
}
