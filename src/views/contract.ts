import { z } from '@hono/zod-openapi';
import { type Actor, usernameOf } from '../core/actor.ts';
import { line, oneOf, rfc3339 } from '../http/fields.ts';
import { checkListQuery, pageOf, pagingQuery } from '../http/pagination.ts';
import { SCREENS, type savedViews } from './table.ts';

/** A person has so many at most. */
export const MAX_VIEWS = 100;

const MAX_QUERY = 2_000;

const screen = oneOf(SCREENS).openapi({ description: 'Where it is shown.' });

/** The search part of a URL as one way of writing it, so that what is read can be sent again. */
const query = z
  .string()
  .max(MAX_QUERY)
  .refine((text) => text.isWellFormed() && !hasControls(text), 'must not hold control characters')
  .transform((text) => new URLSearchParams(text).toString())
  .refine((text) => text.length <= MAX_QUERY, `must have at most ${MAX_QUERY} characters when it is encoded`)
  .openapi({
    type: 'string',
    maxLength: MAX_QUERY,
    description: "The search part of the screen's address. It is kept as browsers write it and not checked further.",
    example: 'status=open&severity=critical',
  });

function hasControls(text: string): boolean {
  return [...new URLSearchParams(text)].flat().some((part) => /\p{Cc}/u.test(part));
}

const said = {
  name: line(100).openapi({ description: 'Another than those of your other views of the screen.' }),
  query,
  shared: z.boolean().openapi({ description: 'Whether everybody sees it.' }),
  default: z.boolean().openapi({
    description: "Whether your screen opens with it; never somebody else's. True takes that from the view that had it.",
  }),
};

export const newSavedView = z
  .strictObject({ screen, ...said, shared: said.shared.default(false), default: said.default.default(false) })
  .openapi('NewSavedView', {
    example: { screen: 'alerts', name: 'Open and critical', query: 'status=open&severity=critical', shared: true },
  });

export type NewSavedView = z.output<typeof newSavedView>;

export const savedViewPatch = z
  .strictObject(said)
  .partial()
  .openapi('SavedViewPatch', { example: { query: 'status=open&severity=high,critical', default: true } });

export type SavedViewPatch = z.output<typeof savedViewPatch>;

export const savedViewView = z
  .strictObject({
    id: z.number().int(),
    owner: z.string(),
    screen: z.enum(SCREENS),
    ...said,
    name: z.string(),
    query: z.string(),
    created_at: rfc3339,
    updated_at: rfc3339,
  })
  .openapi('SavedView');

export const savedViewPage = pageOf(savedViewView).openapi('SavedViewPage');

export const savedViewQuery = z
  .strictObject({ ...pagingQuery(['created_at']), screen: screen.optional() })
  .superRefine(checkListQuery);

export type SavedViewQuery = z.output<typeof savedViewQuery>;

export type SavedView = typeof savedViews.$inferSelect;

/** A view as this person sees it: what is somebody else's default is not theirs. */
export function viewSavedView({ view, actor }: { view: SavedView; actor: Actor }): z.output<typeof savedViewView> {
  return {
    id: view.id,
    owner: view.owner,
    screen: view.screen,
    name: view.name,
    query: view.query,
    shared: view.shared,
    default: view.isDefault && view.owner === usernameOf(actor),
    created_at: view.createdAt.toISOString(),
    updated_at: view.updatedAt.toISOString(),
  };
}
