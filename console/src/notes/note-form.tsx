import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { ApiProblem } from '../api/api-problem.ts';
import { fieldError } from '../kit/field-error.ts';
import { FormProblem } from '../kit/form-problem.tsx';
import { Button } from '../ui/button.tsx';
import { FormField } from '../ui/form-field.tsx';
import { Textarea } from '../ui/textarea.tsx';

type Props = {
  label: string;
  action: string;
  text?: string;
  error: unknown;
  isBusy: boolean;
  onSubmit: (body: string) => void;
  onCancel?: () => void;
};

/** A field for a note. Ctrl and Enter send it; Esc leaves the field, or the change. */
export function NoteForm({ label, action, text = '', error, isBusy, onSubmit, onCancel }: Props) {
  const [body, setBody] = useState(text);
  const problem = error instanceof ApiProblem ? error : null;
  function submit(event?: FormEvent) {
    event?.preventDefault();
    if (body.trim() && !isBusy) onSubmit(body);
  }
  function press({ key, ctrlKey, metaKey, currentTarget }: KeyboardEvent<HTMLTextAreaElement>) {
    if (key === 'Enter' && (ctrlKey || metaKey)) submit();
    if (key === 'Escape') (onCancel ?? (() => currentTarget.blur()))();
  }
  return (
    <form onSubmit={submit} className="space-y-2">
      <FormField label={label} hint="Markdown. Ctrl and Enter send it." error={fieldError(problem, '#/body')}>
        <Textarea
          value={body}
          maxLength={20_000}
          autoFocus={onCancel !== undefined}
          onKeyDown={press}
          onChange={(event) => setBody(event.target.value)}
        />
      </FormField>
      <FormProblem problem={problem} known={['#/body']} />
      <div className="flex gap-2">
        <Button type="submit" look="primary" size="small" disabled={isBusy || body.trim() === ''}>
          {action}
        </Button>
        {onCancel && (
          <Button size="small" onClick={onCancel}>
            Cancel
          </Button>
        )}
      </div>
    </form>
  );
}
