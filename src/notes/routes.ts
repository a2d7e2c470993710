import { createRoute } from '@hono/zod-openapi';
import { guard } from '../http/authorize.ts';
import { idParams } from '../http/fields.ts';
import { json, jsonBody, problems } from '../http/openapi.ts';
import { answerPage } from '../http/pagination.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import {
  noteInput,
  notePage,
  noteQuery,
  noteView,
  revisionPage,
  revisionQuery,
  viewNote,
  viewRevision,
} from './contract.ts';
import { createNote } from './create-note.ts';
import { deleteNote } from './delete-note.ts';
import { editNote } from './edit-note.ts';
import { getNote } from './get-note.ts';
import { listNoteHistory } from './list-note-history.ts';
import { listNotes } from './list-notes.ts';

const tags = ['Notes'];
const edit = {
  tags,
  ...guard('note.edit'),
  request: { params: idParams, body: jsonBody(noteInput) },
  responses: {
    200: json(noteView, 'The note as it is now.'),
    ...problems(400, 401, 403, 404, 413, 415, 503),
  },
};

const createNoteRoute = createRoute({
  method: 'post',
  path: '/incidents/{id}/notes',
  tags,
  summary: 'Add a note to an incident',
  description: 'Whatever the status of the incident, archived ones included.',
  operationId: 'createNote',
  ...guard('note.write'),
  request: { params: idParams, body: jsonBody(noteInput) },
  responses: {
    201: {
      ...json(noteView, 'The note.'),
      headers: { Location: { description: 'Where it is.', schema: { type: 'string' as const } } },
    },
    ...problems(400, 401, 403, 404, 413, 415, 503),
  },
});

const listRoute = createRoute({
  method: 'get',
  path: '/incidents/{id}/notes',
  tags,
  summary: 'List the notes of an incident',
  description: 'Newest first; `sort_order=asc` reads them as they were written.',
  operationId: 'listNotes',
  ...guard('incident.read'),
  request: { params: idParams, query: noteQuery },
  responses: { 200: json(notePage, 'A page of notes.'), ...problems(400, 401, 403, 404, 503) },
});

const getRoute = createRoute({
  method: 'get',
  path: '/notes/{id}',
  tags,
  summary: 'Get a note',
  operationId: 'getNote',
  ...guard('incident.read'),
  request: { params: idParams },
  responses: { 200: json(noteView, 'The note.'), ...problems(400, 401, 403, 404, 503) },
});

const historyRoute = createRoute({
  method: 'get',
  path: '/notes/{id}/history',
  tags,
  summary: 'List what a note said before',
  description: 'Each body that an edit replaced, newest first. Empty for a note that was never edited.',
  operationId: 'listNoteHistory',
  ...guard('incident.read'),
  request: { params: idParams, query: revisionQuery },
  responses: { 200: json(revisionPage, 'A page of former bodies.'), ...problems(400, 401, 403, 404, 503) },
});

const putRoute = createRoute({
  ...edit,
  method: 'put',
  path: '/notes/{id}',
  summary: 'Edit a note',
  description:
    'By its author and nobody else, not even an admin. There is no ETag: the history keeps whatever an edit replaces.',
  operationId: 'putNote',
});

const patchRoute = createRoute({
  ...edit,
  method: 'patch',
  path: '/notes/{id}',
  summary: 'Edit a note by PATCH',
  description: 'As PUT: `body` is all that can be changed.',
  operationId: 'patchNote',
});

const deleteRoute = createRoute({
  method: 'delete',
  path: '/notes/{id}',
  tags,
  summary: 'Delete a note',
  description: 'By its author or an admin, with its history. The audit log keeps what it said.',
  operationId: 'deleteNote',
  ...guard('note.delete'),
  request: { params: idParams },
  responses: { 204: { description: 'Gone.' }, ...problems(400, 401, 403, 404, 503) },
});

export const noteRoutes = newRouter()
  .openapi(createNoteRoute, async (c) => {
    const input = { incidentId: c.req.valid('param').id, ...c.req.valid('json') };
    const note = await createNote({ ctx: contextOf(c), input });
    return c.json(viewNote(note), 201, { Location: `/api/v1/notes/${note.id}` });
  })
  .openapi(listRoute, async (c) => {
    const input = { incidentId: c.req.valid('param').id, ...c.req.valid('query') };
    const found = await listNotes({ ctx: contextOf(c), input });
    return c.json(answerPage(c, { found, limit: input.limit, view: viewNote }), 200);
  })
  .openapi(getRoute, async (c) =>
    c.json(viewNote(await getNote({ ctx: contextOf(c), input: c.req.valid('param') })), 200),
  )
  .openapi(historyRoute, async (c) => {
    const input = { ...c.req.valid('param'), ...c.req.valid('query') };
    const found = await listNoteHistory({ ctx: contextOf(c), input });
    return c.json(answerPage(c, { found, limit: input.limit, view: viewRevision }), 200);
  })
  .openapi(putRoute, async (c) => {
    const input = { ...c.req.valid('param'), ...c.req.valid('json') };
    return c.json(viewNote(await editNote({ ctx: contextOf(c), input })), 200);
  })
  .openapi(patchRoute, async (c) => {
    const input = { ...c.req.valid('param'), ...c.req.valid('json') };
    return c.json(viewNote(await editNote({ ctx: contextOf(c), input })), 200);
  })
  .openapi(deleteRoute, async (c) => {
    await deleteNote({ ctx: contextOf(c), input: c.req.valid('param') });
    return c.body(null, 204);
  });
