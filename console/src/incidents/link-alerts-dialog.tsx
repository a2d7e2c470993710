import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ApiProblem } from '../api/api-problem.ts';
import { FormProblem } from '../kit/form-problem.tsx';
import { toast } from '../shell/toast.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FormField } from '../ui/form-field.tsx';
import { Input } from '../ui/input.tsx';
import { AlertChoice } from './alert-choice.tsx';
import { useAlertLinks } from './use-alert-links.ts';

type Props = { id: number; onClose: () => void };

/** Chooses alerts for an incident: from those at work, or any by its id. */
export function LinkAlertsDialog({ id, onClose }: Props) {
  const { link } = useAlertLinks(id);
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const linking = useMutation({
    mutationFn: link,
    onSuccess: ({ linked, results }) => {
      const refused = results.filter(({ outcome }) => outcome !== 'linked');
      const told = refused.map((result) => `Alert ${result.id}: ${result.outcome.replaceAll('_', ' ')}.`).join(' ');
      toast({ title: `${linked} of ${results.length} linked`, description: told || undefined });
      onClose();
    },
  });
  const typed = idsOf(text);
  const ids = [...new Set([...chosen, ...typed])];

  function toggle(alert: number) {
    const changed = new Set(chosen);
    if (!changed.delete(alert)) changed.add(alert);
    setChosen(changed);
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    if (ids.length > 0) linking.mutate(ids);
  }
  return (
    <Dialog onClose={onClose} title="Link alerts" wide>
      <form onSubmit={submit} className="space-y-3">
        <FormField label="Find, or give ids" hint="Such as 17, 18. Shown are the newest that belong to no incident.">
          <Input value={text} autoComplete="off" onChange={(event) => setText(event.target.value)} />
        </FormField>
        <AlertChoice text={text} chosen={chosen} onToggle={toggle} />
        <FormProblem problem={linking.error instanceof ApiProblem ? linking.error : null} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={ids.length === 0 || linking.isPending}>
            {ids.length > 0 ? `Link ${ids.length}` : 'Link'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** The ids of `17, #18`; none when it is a text to find. */
function idsOf(text: string): number[] {
  return /^[\s,#\d]+$/.test(text) ? (text.match(/\d+/g) ?? []).map(Number) : [];
}
