import { answerOf, client } from '../api/client.ts';
import type { Schemas } from '../api/schema.ts';
import type { Incident } from './incident-queries.ts';

/** One change of an incident: how it is sent, what it looks like at once, and how it is taken back. */
export type IncidentChange = {
  /** As it was on the screen. A change is of that version alone. */
  incident: Incident;
  shown: Partial<Incident>;
  says: string;
  /** Given it as our own changes left it since. */
  send: (now: Incident) => Promise<Incident>;
  undo?: (changed: Incident) => Promise<Incident>;
};

const of = ({ id, version }: Incident) => ({ path: { id }, header: { 'if-match': `"v${version}"` } });

const send = {
  patch: (incident: Incident, body: Schemas['IncidentPatch']) =>
    answerOf(client.PATCH('/incidents/{id}', { params: of(incident), body })),
  mitigate: (incident: Incident) => answerOf(client.POST('/incidents/{id}/mitigate', { params: of(incident) })),
  reopen: (incident: Incident) => answerOf(client.POST('/incidents/{id}/reopen', { params: of(incident) })),
  archive: (incident: Incident) => answerOf(client.POST('/incidents/{id}/archive', { params: of(incident) })),
  unarchive: (incident: Incident) => answerOf(client.POST('/incidents/{id}/unarchive', { params: of(incident) })),
  resolve: (incident: Incident, body: Schemas['IncidentResolution'] = {}) =>
    answerOf(client.POST('/incidents/{id}/resolve', { params: of(incident), body })),
  addTags: (incident: Incident, tags: string[]) =>
    answerOf(client.POST('/incidents/{id}/tags', { params: { path: { id: incident.id } }, body: { tags } })),
  removeTag: ({ id }: Incident, tag: string) =>
    answerOf(client.DELETE('/incidents/{id}/tags/{tag}', { params: { path: { id, tag } } })),
};

export type EditableField = 'title' | 'description' | 'service' | 'severity' | 'assignee';

/** Another value of one field. */
export function editing<Field extends EditableField>(
  incident: Incident,
  { field, value }: { field: Field; value: Incident[Field] },
): IncidentChange {
  return {
    incident,
    shown: { [field]: value },
    says: `Incident ${incident.id}: ${field} changed`,
    send: (now) => send.patch(now, { [field]: value }),
    undo: (changed) => send.patch(changed, { [field]: incident[field] }),
  };
}

export function mitigating(incident: Incident): IncidentChange {
  return {
    incident,
    shown: { status: 'mitigated' },
    says: `Incident ${incident.id} mitigated`,
    send: send.mitigate,
    undo: send.reopen,
  };
}

/** With a verdict its alerts are resolved, too; for them there is no way back. */
export function resolving(incident: Incident, verdict?: Schemas['IncidentResolution']['verdict']): IncidentChange {
  const change = { incident, shown: { status: 'resolved' as const } };
  if (verdict) {
    const body = { resolve_alerts: true, verdict };
    const says = `Incident ${incident.id} and its alerts resolved`;
    return { ...change, says, send: (now) => send.resolve(now, body) };
  }
  const says = `Incident ${incident.id} resolved`;
  return { ...change, says, send: (now) => send.resolve(now), undo: backTo(incident) };
}

export function reopening(incident: Incident): IncidentChange {
  return {
    incident,
    shown: { status: 'open', archived_at: null },
    says: `Incident ${incident.id} reopened`,
    send: send.reopen,
    undo: (changed) => (incident.status === 'mitigated' ? send.mitigate(changed) : send.resolve(changed)),
  };
}

/** From resolved, by way of open. */
function backTo({ status }: Incident) {
  return async (changed: Incident) => {
    const reopened = await send.reopen(changed);
    return status === 'mitigated' ? send.mitigate(reopened) : reopened;
  };
}

export function archiving(incident: Incident): IncidentChange {
  return {
    incident,
    shown: { archived_at: new Date().toISOString() },
    says: `Incident ${incident.id} archived`,
    send: send.archive,
    undo: send.unarchive,
  };
}

export function unarchiving(incident: Incident): IncidentChange {
  return {
    incident,
    shown: { archived_at: null },
    says: `Incident ${incident.id} taken out of the archive`,
    send: send.unarchive,
    undo: send.archive,
  };
}

export function deleting(incident: Incident): IncidentChange {
  const gone = { ...incident, deleted_at: new Date().toISOString() };
  return {
    incident,
    shown: { deleted_at: gone.deleted_at },
    says: `Incident ${incident.id} deleted`,
    send: async (now) => {
      await client.DELETE('/incidents/{id}', { params: of(now) });
      return gone;
    },
    undo: restore,
  };
}

export function restoring(incident: Incident): IncidentChange {
  return {
    incident,
    shown: { deleted_at: null },
    says: `Incident ${incident.id} restored`,
    send: restore,
  };
}

/** Whatever its version: nobody changes what is deleted. */
function restore({ id }: Incident): Promise<Incident> {
  return answerOf(client.POST('/incidents/{id}/restore', { params: { path: { id } } }));
}

export function tagging(incident: Incident, tags: string[]): IncidentChange {
  const added = tags.filter((tag) => !incident.tags.includes(tag));
  return {
    incident,
    shown: { tags: [...incident.tags, ...added] },
    says: `Tagged ${added.join(', ')}`,
    send: (now) => send.addTags(now, added),
    undo: (changed) => send.patch(changed, { tags: changed.tags.filter((tag) => !added.includes(tag)) }),
  };
}

export function untagging(incident: Incident, tag: string): IncidentChange {
  return {
    incident,
    shown: { tags: incident.tags.filter((other) => other !== tag) },
    says: `Tag ${tag} removed`,
    send: (now) => send.removeTag(now, tag),
    undo: (changed) => send.addTags(changed, [tag]),
  };
}
