import type { Schemas } from '../api/schema.ts';

type Entry = Schemas['TimelineEntry'];
type Value = Entry['changes'][number]['after'];

const LONG = 60;

function valueText(value: Value): string {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return 'nothing';
  const text = Array.isArray(value) ? value.join(', ') : String(value);
  return text.length > LONG ? `${text.slice(0, LONG)}…` : text;
}

/** "severity from sev2 to sev1". */
export function changeText({ field, before, after }: Entry['changes'][number]): string {
  return `${field.replaceAll('_', ' ')} from ${valueText(before)} to ${valueText(after)}`;
}

const DEEDS: Record<string, string> = {
  'incident.create': 'opened the incident',
  'incident.import': 'imported the incident',
  'incident.mitigate': 'mitigated it',
  'incident.resolve': 'resolved it',
  'incident.reopen': 'reopened it',
  'incident.archive': 'archived it',
  'incident.unarchive': 'took it out of the archive',
  'incident.delete': 'deleted it',
  'incident.restore': 'restored it',
  'incident.print': 'saved a report',
  'note.create': 'wrote a note',
  'note.edit': 'edited a note',
  'note.delete': 'deleted a note',
  'alert.link': 'linked',
  'alert.unlink': 'unlinked',
  'alert.promote': 'opened the incident of',
  'alert.resolve': 'resolved',
  'evidence.add': 'added',
  'evidence.delete': 'deleted',
  'evidence.download': 'downloaded',
};

/** What was done, as a sentence goes on after the name. */
export function deedOf({ action }: Entry): string {
  return DEEDS[action] ?? 'changed';
}
