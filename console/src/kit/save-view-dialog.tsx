import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { ApiProblem } from '../api/api-problem.ts';
import { answerOf, client } from '../api/client.ts';
import { toast } from '../shell/toast.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FormField } from '../ui/form-field.tsx';
import { Input } from '../ui/input.tsx';
import { fieldError } from './field-error.ts';
import { FormProblem } from './form-problem.tsx';
import { type Screen, viewsQuery } from './view-queries.ts';

type Props = { screen: Screen; text: string; onClose: () => void };

/** Keeps what a screen shows under a name. */
export function SaveViewDialog({ screen, text, onClose }: Props) {
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: (form: FormData) => {
      const name = String(form.get('name') ?? '').trim();
      const body = { screen, name, query: text, shared: form.has('shared'), default: form.has('default') };
      return answerOf(client.POST('/views', { body }));
    },
    onSuccess: ({ name }) => {
      toast({ title: `View ${name} saved` });
      void queries.invalidateQueries(viewsQuery(screen));
      onClose();
    },
  });
  const problem = save.error instanceof ApiProblem ? save.error : null;
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    save.mutate(new FormData(event.currentTarget));
  }
  return (
    <Dialog onClose={onClose} title="Save this view" description="The filters, under a name of your own.">
      <form onSubmit={submit} className="space-y-4">
        <FormField label="Name" error={fieldError(problem, '#/name')}>
          <Input name="name" required autoFocus autoComplete="off" maxLength={100} />
        </FormField>
        <Choice name="shared" label="Everybody sees it" />
        <Choice name="default" label="Open this page with it" />
        <FormProblem problem={problem} known={['#/name']} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Choice({ name, label }: { name: string; label: string }) {
  return (
    <div className="flex items-center gap-2">
      <Checkbox id={`view-${name}`} name={name} />
      <label htmlFor={`view-${name}`}>{label}</label>
    </div>
  );
}
