import { CheckField } from '../kit/check-field.tsx';
import type { ErrorOf } from '../kit/field-error.ts';
import { FormField } from '../ui/form-field.tsx';
import { Input } from '../ui/input.tsx';
import { Textarea } from '../ui/textarea.tsx';
import type { Template } from './channel-queries.ts';

type Props = { template: Template | null; errorOf: ErrorOf; onChange: (template: Template | null) => void };

const START: Template = {
  title: '{{alert.severity}}: {{alert.event_type}}',
  body: '{{alert.description}}\nSeen {{alert.event_count}} times.',
};

/** The words of a channel, where they are not the usual ones. */
export function TemplateFields({ template, errorOf, onChange }: Props) {
  return (
    <div className="space-y-4">
      <CheckField
        label="Words of its own"
        hint="A title and a body, with values such as {{alert.source}} in them."
        checked={template !== null}
        onChange={(isOwn) => onChange(isOwn ? START : null)}
      />
      {template && (
        <>
          <FormField label="Title" error={errorOf('#/template/title')}>
            <Input
              required
              maxLength={200}
              value={template.title}
              onChange={({ target }) => onChange({ ...template, title: target.value })}
            />
          </FormField>
          <FormField label="Body" error={errorOf('#/template/body')}>
            <Textarea
              maxLength={2000}
              value={template.body}
              onChange={({ target }) => onChange({ ...template, body: target.value })}
            />
          </FormField>
        </>
      )}
    </div>
  );
}
