import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { ApiProblem } from '../api/api-problem.ts';
import { answerOf, client } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import { errorReader } from '../kit/field-error.ts';
import { FormProblem } from '../kit/form-problem.tsx';
import { useSelf } from '../session/use-self.ts';
import { toast } from '../shell/toast.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FormField } from '../ui/form-field.tsx';
import { Input } from '../ui/input.tsx';
import { Select } from '../ui/select.tsx';
import { Textarea } from '../ui/textarea.tsx';
import { INCIDENT_SEVERITIES, type Incident } from './incident-queries.ts';
import { keepIncident, refreshAround } from './keep-incident.ts';
import { readTags } from './read-tags.ts';
import { SEVERITY_NAMES } from './severity-names.ts';

const POINTERS = ['#/title', '#/description', '#/service', '#/severity', '#/tags', '#/assignee'];

/** The form that opens an incident. */
export function NewIncidentDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const { username } = useSelf();
  const create = useMutation({
    mutationFn: (form: FormData) => answerOf(client.POST('/incidents', { body: bodyOf(form) })),
    onSuccess: (incident) => {
      keepIncident(incident);
      refreshAround(incident);
      // It is the first of the list that is behind this dialog.
      void queryClient.resetQueries({ queryKey: ['incidents'] });
      toast({ title: `Incident ${incident.id} opened` });
      void navigate({ to: '/incidents/$id', params: { id: String(incident.id) } });
    },
  });
  const problem = create.error instanceof ApiProblem ? create.error : null;
  const errorOf = errorReader(problem);
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    create.mutate(new FormData(event.currentTarget));
  }
  return (
    <Dialog onClose={onClose} title="New incident" wide>
      <form onSubmit={submit} className="space-y-4">
        <FormField label="Title" error={errorOf('#/title')}>
          <Input name="title" required maxLength={200} autoComplete="off" />
        </FormField>
        <FormField label="Description" error={errorOf('#/description')}>
          <Textarea name="description" maxLength={20_000} />
        </FormField>
        <div className="grid gap-4 sm:grid-cols-2">
          <FormField label="Severity" error={errorOf('#/severity')}>
            <Select
              name="severity"
              defaultValue="sev3"
              options={INCIDENT_SEVERITIES.map((value) => ({ value, label: SEVERITY_NAMES[value] }))}
            />
          </FormField>
          <FormField label="Service" error={errorOf('#/service')}>
            <Input name="service" autoComplete="off" />
          </FormField>
          <FormField label="Assignee" error={errorOf('#/assignee')} hint="A username; empty for nobody.">
            <Input name="assignee" defaultValue={username} autoComplete="off" />
          </FormField>
          <FormField label="Tags" error={errorOf('#/tags', 'deep')} hint="Separated by commas.">
            <Input name="tags" autoComplete="off" />
          </FormField>
        </div>
        <FormProblem problem={problem} known={POINTERS} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={create.isPending}>
            Open incident
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function bodyOf(form: FormData) {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  return {
    title: text('title'),
    description: text('description'),
    service: text('service'),
    severity: text('severity') as Incident['severity'],
    assignee: text('assignee') || null,
    tags: readTags(text('tags')),
  };
}
