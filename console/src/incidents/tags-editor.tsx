import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useRef } from 'react';
import { useActions } from '../kit/use-actions.ts';
import { Input } from '../ui/input.tsx';
import { tagging, untagging } from './incident-changes.ts';
import { type Incident, tagsQuery } from './incident-queries.ts';
import { readTags } from './read-tags.ts';
import { TagChip } from './tag-chip.tsx';
import { useIncidentChange } from './use-incident-change.ts';

/** The tags of an incident. `t` goes to the field that adds one; those that others use are suggested. */
export function TagsEditor({ incident, mayEdit }: { incident: Incident; mayEdit: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  const change = useIncidentChange();
  const { data: known } = useQuery(tagsQuery);
  useActions('Tags', mayEdit ? [{ label: 'Add a tag', keys: 't', run: () => input.current?.focus() }] : []);

  function add(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const tags = readTags(input.current?.value ?? '').filter((tag) => !incident.tags.includes(tag));
    if (input.current) input.current.value = '';
    if (tags.length > 0) void change(tagging(incident, tags));
  }
  return (
    <div className="space-y-2">
      <div className="flex flex-wrap gap-1">
        {incident.tags.map((tag) => (
          <TagChip key={tag} tag={tag} onRemove={mayEdit ? () => void change(untagging(incident, tag)) : undefined} />
        ))}
        {incident.tags.length === 0 && <span className="text-muted">None</span>}
      </div>
      {mayEdit && (
        <form onSubmit={add}>
          <Input
            ref={input}
            aria-label="Add a tag"
            placeholder="Add a tag"
            list="known-tags"
            autoComplete="off"
            onKeyDown={({ key }) => key === 'Escape' && input.current?.blur()}
            className="h-7! max-w-40 text-xs"
          />
          <datalist id="known-tags">
            {known?.data.map(({ tag }) => (
              <option key={tag} value={tag} />
            ))}
          </datalist>
        </form>
      )}
    </div>
  );
}
