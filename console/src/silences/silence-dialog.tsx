import { useState } from 'react';
import { FormDialog } from '../kit/form-dialog.tsx';
import { readMatcher } from '../kit/matchers.ts';
import { MatchersField } from '../kit/matchers-field.tsx';
import { MatchersText } from '../kit/matchers-text.tsx';
import { useSave } from '../kit/use-save.ts';
import { toast } from '../shell/toast.ts';
import { FormField } from '../ui/form-field.tsx';
import { Input } from '../ui/input.tsx';
import { AnnounceField } from './announce-field.tsx';
import { saveSilence, silenceDraft } from './silence-draft.ts';
import { SilencePreview } from './silence-preview.tsx';
import { refreshSilences, type Silence } from './silence-queries.ts';
import type { SilenceSearch } from './silence-search.ts';
import { SilenceTimes } from './silence-times.tsx';

type Props = {
  silence: Silence | undefined;
  about: SilenceSearch;
  onSaved: (silence: Silence) => void;
  onClose: () => void;
};

const KNOWN = ['#/reason', '#/matchers', '#/starts_at', '#/ends_at', '#/announce_to'];

/** The form of a silence, with what it would have matched. Once it has begun it is about the same events. */
export function SilenceDialog({ silence, about, onSaved, onClose }: Props) {
  const [draft, setDraft] = useState(() => silenceDraft(silence, about));
  const change = (changed: Partial<typeof draft>) => setDraft({ ...draft, ...changed });
  const form = useSave({
    send: () => saveSilence(draft, silence),
    onSaved: (saved) => {
      void refreshSilences();
      toast({ title: `Silence ${saved.id} ${silence ? 'changed' : 'made'}` });
      onSaved(saved);
    },
  });
  return (
    <FormDialog
      title={silence ? `Silence ${silence.id}` : 'New silence'}
      action={silence ? 'Save silence' : 'Silence'}
      form={form}
      known={KNOWN}
      onClose={onClose}
    >
      <FormField label="Reason" error={form.errorOf('#/reason')}>
        <Input
          required
          maxLength={500}
          autoComplete="off"
          value={draft.reason}
          onChange={({ target }) => change({ reason: target.value })}
        />
      </FormField>
      {silence?.state === 'active' ? (
        <p>
          <span className="block font-medium">Events</span>
          <MatchersText matchers={silence.matchers} none="Every event" />
        </p>
      ) : (
        <>
          <MatchersField
            label="Events"
            hint="Those for which every condition holds raise no alert. They are stored all the same."
            value={draft.matchers}
            errorOf={form.errorOf}
            onChange={(matchers) => change({ matchers })}
          />
          <SilencePreview matchers={draft.matchers.map(readMatcher)} />
        </>
      )}
      <SilenceTimes draft={draft} hasStart={!silence} errorOf={form.errorOf} onChange={change} />
      <AnnounceField
        value={draft.announceTo}
        errorOf={form.errorOf}
        onChange={(announceTo) => change({ announceTo })}
      />
    </FormDialog>
  );
}
