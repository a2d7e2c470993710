import { useState } from 'react';
import { CheckField } from '../kit/check-field.tsx';
import { FormDialog } from '../kit/form-dialog.tsx';
import { readMatcher } from '../kit/matchers.ts';
import { MatchersField } from '../kit/matchers-field.tsx';
import { useSave } from '../kit/use-save.ts';
import { toast } from '../shell/toast.ts';
import { FormField } from '../ui/form-field.tsx';
import { Input } from '../ui/input.tsx';
import { AnnounceField } from './announce-field.tsx';
import { SilencePreview } from './silence-preview.tsx';
import { saveWindow, windowDraft } from './window-draft.ts';
import { WindowOccurrences } from './window-occurrences.tsx';
import { type MaintenanceWindow, refreshWindows } from './window-queries.ts';
import { WindowRuleFields } from './window-rule-fields.tsx';
import { WindowTimes } from './window-times.tsx';

type Props = { window: MaintenanceWindow | undefined; onClose: () => void };

const KNOWN = ['reason', 'matchers', 'rrule', 'time_zone', 'starts_at', 'duration_seconds', 'announce_to'].map(
  (field) => `#/${field}`,
);

/** The form of a maintenance window, with what it would have matched and when it would come. */
export function WindowDialog({ window, onClose }: Props) {
  const [draft, setDraft] = useState(() => windowDraft(window));
  const change = (changed: Partial<typeof draft>) => setDraft({ ...draft, ...changed });
  const form = useSave({
    send: () => saveWindow(draft, window?.id),
    onSaved: ({ reason }) => {
      void refreshWindows();
      toast({ title: `${reason} ${window ? 'changed' : 'added'}` });
      onClose();
    },
  });
  const { errorOf } = form;
  return (
    <FormDialog
      title={window ? `Maintenance window ${window.id}` : 'New maintenance window'}
      action={window ? 'Save window' : 'Add window'}
      form={form}
      known={KNOWN}
      onClose={onClose}
    >
      <FormField label="Reason" error={errorOf('#/reason')}>
        <Input
          required
          maxLength={500}
          autoComplete="off"
          value={draft.reason}
          onChange={({ target }) => change({ reason: target.value })}
        />
      </FormField>
      <MatchersField
        label="Events"
        hint="Those for which every condition holds raise no alert while it lasts."
        value={draft.matchers}
        errorOf={errorOf}
        onChange={(matchers) => change({ matchers })}
      />
      <SilencePreview matchers={draft.matchers.map(readMatcher)} />
      <WindowTimes draft={draft} errorOf={errorOf} onChange={change} />
      <WindowRuleFields draft={draft} errorOf={errorOf} onChange={change} />
      <WindowOccurrences draft={draft} />
      <AnnounceField value={draft.announceTo} errorOf={errorOf} onChange={(announceTo) => change({ announceTo })} />
      <CheckField
        label="Enabled"
        hint="While it is not, nothing is planned, and what lasts of it ends."
        checked={draft.enabled}
        onChange={(enabled) => change({ enabled })}
      />
    </FormDialog>
  );
}
