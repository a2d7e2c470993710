import { useState } from 'react';
import { CheckField } from '../kit/check-field.tsx';
import { FormDialog } from '../kit/form-dialog.tsx';
import { MatchersField } from '../kit/matchers-field.tsx';
import { NameField } from '../kit/name-field.tsx';
import { useSave } from '../kit/use-save.ts';
import { toast } from '../shell/toast.ts';
import { policyDraft, savePolicy } from './policy-draft.ts';
import { type Policy, refreshPolicies } from './policy-queries.ts';
import { RepeatFields } from './repeat-fields.tsx';
import { StepsField } from './steps-field.tsx';
import { TargetFields } from './target-fields.tsx';

const KNOWN = ['#/name', '#/matchers', '#/steps', '#/repeat', '#/targets'];

/** The form of an escalation policy. */
export function PolicyDialog({ policy, onClose }: { policy: Policy | undefined; onClose: () => void }) {
  const [draft, setDraft] = useState(() => policyDraft(policy));
  const change = (changed: Partial<typeof draft>) => setDraft({ ...draft, ...changed });
  const form = useSave({
    send: () => savePolicy(draft, policy?.id),
    onSaved: ({ name }) => {
      void refreshPolicies();
      toast({ title: `${name} ${policy ? 'changed' : 'added'}` });
      onClose();
    },
  });
  const { errorOf } = form;
  return (
    <FormDialog
      title={policy ? `Escalation policy ${policy.name}` : 'New escalation policy'}
      action={policy ? 'Save policy' : 'Add policy'}
      form={form}
      known={KNOWN}
      onClose={onClose}
    >
      <NameField value={draft.name} error={errorOf('#/name')} onChange={(name) => change({ name })} />
      <MatchersField
        label="Alerts"
        hint="Those whose event every condition holds for; all alerts if there is none."
        value={draft.matchers}
        errorOf={errorOf}
        onChange={(matchers) => change({ matchers })}
      />
      <StepsField steps={draft.steps} errorOf={errorOf} onChange={(steps) => change({ steps })} />
      {draft.steps.length > 0 && <RepeatFields draft={draft} errorOf={errorOf} onChange={change} />}
      <TargetFields targets={draft.targets} errorOf={errorOf} onChange={(targets) => change({ targets })} />
      <CheckField
        label="Enabled"
        hint="While it is not, it takes no new alerts. Those that it has go on."
        checked={draft.enabled}
        onChange={(enabled) => change({ enabled })}
      />
    </FormDialog>
  );
}
