import { useState } from 'react';
import { CheckField } from '../kit/check-field.tsx';
import { FormDialog } from '../kit/form-dialog.tsx';
import { readList, readMatcher } from '../kit/matchers.ts';
import { MatchersField } from '../kit/matchers-field.tsx';
import { NameField } from '../kit/name-field.tsx';
import { useSave } from '../kit/use-save.ts';
import { toast } from '../shell/toast.ts';
import { GatheringFields } from './gathering-fields.tsx';
import { GroupingPreview } from './grouping-preview.tsx';
import { type GroupingRule, refreshGroupingRules } from './grouping-queries.ts';
import { ruleDraft, saveRule } from './rule-draft.ts';

const KNOWN = ['#/name', '#/matchers', '#/fields', '#/window_seconds'];

/** The form of a grouping rule, with how the newest events would group by it. */
export function GroupingRuleDialog({ rule, onClose }: { rule: GroupingRule | undefined; onClose: () => void }) {
  const [draft, setDraft] = useState(() => ruleDraft(rule));
  const change = (changed: Partial<typeof draft>) => setDraft({ ...draft, ...changed });
  const form = useSave({
    send: () => saveRule(draft, rule?.id),
    onSaved: ({ name }) => {
      void refreshGroupingRules();
      toast({ title: `${name} ${rule ? 'changed' : 'added'}` });
      onClose();
    },
  });
  const { errorOf } = form;
  const words = rule
    ? { title: `Grouping rule ${rule.name}`, action: 'Save rule' }
    : { title: 'New grouping rule', action: 'Add rule' };
  return (
    <FormDialog {...words} form={form} known={KNOWN} onClose={onClose}>
      <NameField value={draft.name} error={errorOf('#/name')} onChange={(name) => change({ name })} />
      <MatchersField
        label="Events"
        hint="Those for which every condition holds; all events if there is none."
        value={draft.matchers}
        errorOf={errorOf}
        onChange={(matchers) => change({ matchers })}
      />
      <GatheringFields draft={draft} errorOf={errorOf} onChange={change} />
      <CheckField label="Enabled" checked={draft.enabled} onChange={(enabled) => change({ enabled })} />
      <GroupingPreview matchers={draft.matchers.map(readMatcher)} fields={readList(draft.fields)} />
    </FormDialog>
  );
}
