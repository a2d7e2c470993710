import { z } from '@hono/zod-openapi';
import { flag, id, line, listOf, noneOf, timeInput, username } from '../http/fields.ts';
import { checkListQuery, pageOf, sortedPagingQuery } from '../http/pagination.ts';
import { incidentView, MAX_TAGS, severity, status, tag } from './contract.ts';

/** The columns by which incidents can be sorted; the first is the order of ids. */
const SORT_BY = ['created_at', 'updated_at', 'title', 'service', 'owner', 'severity', 'status'] as const;

const MAX_WORDS = 10;

const shelfFlag = flag.default(false);

const search = line(100).pipe(
  z
    .string()
    .refine((text) => /[\p{L}\p{N}]/u.test(text), 'must have a letter or a digit')
    .refine((text) => text.split(/\s+/).length <= MAX_WORDS, `must have at most ${MAX_WORDS} words`),
);

export const incidentFilters = {
  id: listOf(id, { example: '1,2,3' }).optional(),
  severity: listOf(severity, { example: 'sev1,sev2' }).optional(),
  status: listOf(status, { example: 'open,mitigated' }).optional(),
  tag: listOf(tag, { example: 'ransomware,db' })
    .refine((tags) => tags.length <= MAX_TAGS, `must have at most ${MAX_TAGS} items`)
    .optional()
    .openapi({ description: 'One tag, or several separated by commas, all of which the incident has.' }),
  service: line(100).optional().openapi({ description: 'What is affected: the whole name, in any case.' }),
  owner: username.optional().openapi({ description: 'A username.' }),
  assignee: username.optional().openapi({ description: 'A username.' }),
  assigned: flag.optional().openapi({ description: 'Whether somebody works on it.' }),
  not_severity: noneOf(severity, { example: 'sev4' }),
  not_status: noneOf(status, { example: 'resolved' }),
  not_tag: noneOf(tag, { example: 'drill' }),
  not_service: noneOf(line(100), { example: 'payments' }),
  not_owner: noneOf(username, { example: 'admin' }),
  not_assignee: noneOf(username, { example: 'admin' }),
  archived: shelfFlag.openapi({ default: 'false', description: 'The archive instead of what is not archived.' }),
  deleted: shelfFlag.openapi({ default: 'false', description: 'What was deleted and can be restored, instead.' }),
  search: search.optional().openapi({
    description:
      'Up to 10 words; each must stand in the title, the service or the description, in any case, also inside a word.',
    example: 'ransom payments',
  }),
  from: timeInput.optional().openapi({ description: 'Opened at or after.' }),
  to: timeInput.optional().openapi({ description: 'Opened at or before.' }),
};

type Checked = Parameters<typeof checkListQuery>[0] & {
  sort_by?: (typeof SORT_BY)[number] | undefined;
  archived: boolean;
  deleted: boolean;
};

/** Rules between parameters; pass it to `superRefine`. */
export function checkIncidentQuery(query: Checked, refinement: z.core.$RefinementCtx): void {
  checkListQuery(query, refinement);
  const { cursor, sort_by: by = SORT_BY[0], archived, deleted } = query;
  const refuse = (path: string, message: string) => refinement.addIssue({ code: 'custom', path: [path], message });
  if (archived && deleted) refuse('archived', 'must not be true together with deleted');
  if (cursor && by !== (typeof cursor === 'number' ? SORT_BY[0] : cursor.by))
    refuse('cursor', 'belongs to a list that is sorted by another column');
}

export const incidentQuery = z
  .strictObject({ ...sortedPagingQuery(SORT_BY), ...incidentFilters })
  .superRefine(checkIncidentQuery);

export type IncidentQuery = z.output<typeof incidentQuery>;

export const incidentPage = pageOf(incidentView).openapi('IncidentPage');
