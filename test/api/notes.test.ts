import { env } from 'cloudflare:workers';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { countedDb } from '../support/counted-db.ts';
import { auditOf } from '../support/events.ts';
import { act, opened } from '../support/incidents.ts';
import { signedIn } from '../support/people.ts';
import { callWith } from '../support/worker.ts';

let admin: string;
let ana: string;
let max: string;
let incident: number;
beforeAll(async () => {
  admin = await signedIn('admin');
  ana = await signedIn('analyst', 'ana');
  max = await signedIn('member', 'max');
});
beforeEach(async () => {
  incident = (await opened(ana)).id;
});

const post = (token: string, body: unknown, id = incident) =>
  call('POST', `/api/v1/incidents/${id}/notes`, { token, body });
const noted = async (token: string, body: string, id = incident) => expectStatus(await post(token, { body }, id), 201);
const send = (method: string, id: number, { token, body }: { token: string; body?: unknown }) =>
  call(method, `/api/v1/notes/${id}`, { token, body });
const get = async (path: string) => expectStatus(await call('GET', `/api/v1/${path}`, { token: max }), 200);
const bodiesOf = (page: { data: { body: string }[] }) => page.data.map(({ body }) => body);

const storedRevisions = async (noteId: number) =>
  env.DB.prepare('SELECT count(*) FROM note_revisions WHERE note_id = ?').bind(noteId).first<number>('count(*)');

describe('a note', () => {
  it('is written by anybody and found where Location says, as it was typed', async () => {
    const body = '# Why\n\n<script>alert(1)</script> **db-3** ünïcode 🚒\tend';
    const response = await post(max, { body: `  ${body}\n` });
    const location = response.headers.get('Location') ?? '';
    const note = await expectStatus(response, 201);
    expect(note).toEqual({
      id: expect.any(Number),
      incident_id: incident,
      author: 'max',
      body,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      edited_at: null,
    });
    expect(location).toBe(`/api/v1/notes/${note.id}`);
    expect(await expectStatus(await call('GET', location, { token: ana }), 200)).toEqual(note);
    expect(await auditOf(`incident:${incident}/note:${note.id}`)).toEqual([
      expect.objectContaining({ actor: 'user:max', action: 'note.create', before: null, after: { body } }),
    ]);
  });

  it('is written, edited and deleted by the routes of the tracker that it replaces', async () => {
    const created = await call('POST', `/api/incidents/${incident}/notes/`, { token: max, body: { body: 'One' } });
    const { id } = await expectStatus(created, 201);
    const path = `/api/notes/${id}/`;
    const edited = await expectStatus(await call('PUT', path, { token: max, body: { body: 'Two' } }), 200);
    expect(edited).toMatchObject({ body: 'Two', edited_at: expect.any(String) });
    await expectStatus(await call('DELETE', path, { token: max }), 204);
    await expectStatus(await call('GET', path, { token: max }), 404);
  });

  it('may have 1 to 20,000 characters beside the white space around it', async () => {
    expect((await noted(max, 'x')).body).toBe('x');
    expect((await noted(max, `${'x'.repeat(20_000)}\n`)).body).toHaveLength(20_000);
  });

  it('can be added to an incident that is resolved or archived', async () => {
    for (const action of ['resolve', 'archive']) {
      await expectStatus(await act(ana, incident, action), 200);
      await noted(max, action);
    }
    expect(bodiesOf(await get(`incidents/${incident}/notes`))).toEqual(['archive', 'resolve']);
  });
});

describe('an edit', () => {
  it('keeps what the note said, newest first, with the times for which it said so', async () => {
    const { id, created_at } = await noted(max, 'One');
    const two = await expectStatus(await send('PUT', id, { token: max, body: { body: 'Two' } }), 200);
    const three = await expectStatus(await send('PATCH', id, { token: max, body: { body: 'Three' } }), 200);
    expect(await get(`notes/${id}`)).toEqual(three);
    expect((await get(`notes/${id}/history`)).data).toEqual([
      { body: 'Two', written_at: two.edited_at, replaced_at: three.edited_at },
      { body: 'One', written_at: created_at, replaced_at: two.edited_at },
    ]);
    const rows = await auditOf(`incident:${incident}/note:${id}`);
    expect(rows.map(({ action, before, after }) => [action, before?.body, after?.body])).toEqual([
      ['note.create', undefined, 'One'],
      ['note.edit', 'One', 'Two'],
      ['note.edit', 'Two', 'Three'],
    ]);
  });

  it('that changes nothing writes nothing', async () => {
    const note = await noted(max, 'One');
    expect(await expectStatus(await send('PUT', note.id, { token: max, body: { body: ' One ' } }), 200)).toEqual(note);
    expect((await get(`notes/${note.id}/history`)).data).toEqual([]);
    expect(await auditOf(`incident:${incident}/note:${note.id}`)).toHaveLength(1);
  });

  it('at the same time as others loses nothing', async () => {
    const { id } = await noted(max, 'One');
    const bodies = ['Two', 'Three', 'Four', 'Five'];
    await Promise.all(
      bodies.map(async (body) => expectStatus(await send('PUT', id, { token: max, body: { body } }), 200)),
    );
    const said = [(await get(`notes/${id}`)).body, ...bodiesOf(await get(`notes/${id}/history`))];
    expect(said.sort()).toEqual(['One', ...bodies].sort());
  });

  it('is the right of the author alone, not even of an admin, and the refusal is written down', async () => {
    const { id } = await noted(max, 'One');
    for (const token of [ana, admin]) {
      for (const method of ['PUT', 'PATCH']) {
        await expectStatus(await send(method, id, { token, body: { body: 'Two' } }), 403);
        await expectStatus(await send(method, id, { token, body: { body: 'One' } }), 403);
      }
    }
    expect(await get(`notes/${id}`)).toMatchObject({ body: 'One', edited_at: null });
    const actors = (await auditOf('permission:note.edit')).map(({ actor }) => actor);
    expect(actors.filter((actor) => actor === 'user:admin')).toHaveLength(4);
  });
});

describe('a deleted note', () => {
  it('is gone with its history; the audit log keeps what it said', async () => {
    const { id } = await noted(max, 'One');
    await expectStatus(await send('PUT', id, { token: max, body: { body: 'Two' } }), 200);
    await expectStatus(await send('DELETE', id, { token: max }), 204);
    for (const path of [`notes/${id}`, `notes/${id}/history`]) {
      await expectStatus(await call('GET', `/api/v1/${path}`, { token: max }), 404);
    }
    expect(await storedRevisions(id)).toBe(0);
    expect(await auditOf(`incident:${incident}/note:${id}`)).toContainEqual(
      expect.objectContaining({
        action: 'note.delete',
        before: expect.objectContaining({ author: 'max', body: 'Two' }),
      }),
    );
    await expectStatus(await send('DELETE', id, { token: max }), 404);
    await expectStatus(await send('PUT', id, { token: max, body: { body: 'x' } }), 404);
  });

  it('was deleted by its author or an admin, by nobody else', async () => {
    const mine = await noted(max, 'Mine');
    await expectStatus(await send('PUT', mine.id, { token: max, body: { body: 'Still mine' } }), 200);
    await expectStatus(await send('DELETE', mine.id, { token: ana }), 403);
    expect(await get(`notes/${mine.id}`)).toMatchObject({ body: 'Still mine' });
    expect((await get(`notes/${mine.id}/history`)).data).toHaveLength(1);
    expect(await auditOf('permission:note.delete')).toContainEqual(expect.objectContaining({ actor: 'user:ana' }));
    await expectStatus(await send('DELETE', mine.id, { token: admin }), 204);
  });

  it('takes nothing of other notes with it', async () => {
    const [kept, gone] = [await noted(max, 'Kept'), await noted(max, 'Gone')];
    for (const { id } of [kept, gone]) {
      await expectStatus(await send('PUT', id, { token: max, body: { body: 'Edited' } }), 200);
    }
    await expectStatus(await send('DELETE', gone.id, { token: max }), 204);
    expect(bodiesOf(await get(`notes/${kept.id}/history`))).toEqual(['Kept']);
    expect((await noted(max, 'New')).id).toBeGreaterThan(gone.id);
  });
});

describe('of a deleted incident', () => {
  it('nothing can be read or written until it is restored', async () => {
    const { id } = await noted(max, 'One');
    const attempts = () =>
      Promise.all([
        call('GET', `/api/v1/incidents/${incident}/notes`, { token: max }),
        post(max, { body: 'Two' }),
        send('GET', id, { token: max }),
        call('GET', `/api/v1/notes/${id}/history`, { token: max }),
        send('PUT', id, { token: max, body: { body: 'Two' } }),
        send('DELETE', id, { token: admin }),
      ]);
    await expectStatus(await call('DELETE', `/api/v1/incidents/${incident}`, { token: ana }), 204);
    for (const response of await attempts()) await expectStatus(response, 404);
    expect(await auditOf(`incident:${incident}/note:${id}`)).toHaveLength(1);
    await expectStatus(await act(ana, incident, 'restore'), 200);
    expect(bodiesOf(await get(`incidents/${incident}/notes`))).toEqual(['One']);
  });

  it('or of one that never was, the answer is 404', async () => {
    await expectStatus(await post(max, { body: 'x' }, 999_999), 404);
    await expectStatus(await call('GET', '/api/v1/incidents/999999/notes', { token: max }), 404);
    expect(await auditOf('incident:999999/note:1')).toEqual([]);
  });
});

describe('bad input is refused with the field named', () => {
  it.each([
    [{}, '#/body'],
    [{ body: '' }, '#/body'],
    [{ body: ' \n\t ' }, '#/body'],
    [{ body: 'x'.repeat(20_001) }, '#/body'],
    [{ body: 'a\u0000b' }, '#/body'],
    [{ body: 7 }, '#/body'],
    [{ body: 'x', author: 'ana' }, '#/author'],
    [{ body: 'x', incident_id: 1 }, '#/incident_id'],
  ])('%#', async (body, pointer) => {
    const { id } = await noted(max, 'One');
    for (const response of [
      await post(max, body),
      await send('PUT', id, { token: max, body }),
      await send('PATCH', id, { token: max, body }),
    ]) {
      const problem = await expectStatus(response, 400);
      expect(problem.errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
    }
    expect(await get(`notes/${id}`)).toMatchObject({ body: 'One' });
  });

  it('and a note of 10 MB as too large', async () => {
    await expectStatus(await post(max, { body: 'x'.repeat(10_000_000) }), 413);
  });
});

const { db, cost, reset } = countedDb(env.DB);
const counted = async (path: string) => {
  reset();
  return expectStatus(await callWith('GET', `/api/v1/${path}`, { token: max, bindings: { DB: db } }), 200);
};

describe('a list of notes', () => {
  it('is of one incident, newest first unless asked otherwise, and sees each once page by page', async () => {
    const other = await opened(ana);
    for (const number of ['1', '2', '3', '4', '5']) {
      await noted(max, number);
      await noted(max, `not ${number}`, other.id);
    }
    const path = `incidents/${incident}/notes`;
    expect(bodiesOf(await get(path))).toEqual(['5', '4', '3', '2', '1']);
    expect(await get(`${path}?page=2&limit=2`)).toMatchObject({ data: [{ body: '3' }, { body: '2' }], total: 5 });
    const seen: string[] = [];
    for (let cursor = ''; ; ) {
      const page = await get(`${path}?limit=2&sort_order=asc${cursor}`);
      seen.push(...bodiesOf(page));
      if (page.next_cursor === null) break;
      cursor = `&cursor=${page.next_cursor}`;
    }
    expect(seen).toEqual(['1', '2', '3', '4', '5']);
  });

  it('reads what it shows, however many notes and revisions are stored', async () => {
    const { id } = await noted(max, 'One');
    for (let n = 0; n < 30; n += 1) await noted(max, `${n}`);
    await expectStatus(await send('PUT', id, { token: max, body: { body: 'Two' } }), 200);
    const fill = 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)';
    await env.DB.batch([
      env.DB.prepare(
        `${fill} INSERT INTO notes (incident_id, author, body, created_at) SELECT 500000 + i % 90, 'x', 'y', 0 FROM n`,
      ),
      env.DB.prepare(
        `${fill} INSERT INTO note_revisions (note_id, body, written_at, replaced_at)
         SELECT 500000 + i % 90, 'y', 0, 0 FROM n`,
      ),
    ]);
    expect((await counted(`incidents/${incident}/notes?limit=20`)).data).toHaveLength(20);
    expect(cost.rowsRead).toBeLessThanOrEqual(25);
    expect((await counted(`incidents/${incident}/notes?limit=20&sort_order=asc`)).data).toHaveLength(20);
    expect(cost.rowsRead).toBeLessThanOrEqual(25);
    expect((await counted(`notes/${id}/history`)).data).toHaveLength(1);
    expect(cost.rowsRead).toBeLessThanOrEqual(5);
  });
});

describe('a note costs', () => {
  const write = async (method: string, path: string, body?: unknown) => {
    reset();
    const response = await callWith(method, `/api/v1/${path}`, { token: max, body, bindings: { DB: db } });
    const text = await response.text();
    return text === '' ? null : JSON.parse(text);
  };

  it('one batch each to write, to edit and to delete', async () => {
    const { id } = await write('POST', `incidents/${incident}/notes`, { body: 'One' });
    // The note, its index and the sequence; the audit row and its index.
    expect(cost).toMatchObject({ calls: 1, statements: 2, rowsWritten: 5 });
    await write('PUT', `notes/${id}`, { body: 'Two' });
    // The note, the revision with its index, the audit row with its index.
    expect(cost).toMatchObject({ calls: 1, statements: 4, rowsWritten: 5 });
    await write('PUT', `notes/${id}`, { body: 'Two' });
    expect(cost).toMatchObject({ calls: 1, rowsWritten: 0 });
    await write('DELETE', `notes/${id}`);
    expect(cost).toMatchObject({ calls: 1, statements: 4 });
    expect(cost.rowsRead).toBeLessThanOrEqual(20);
  });
});
