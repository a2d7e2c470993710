import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { auditOf } from '../support/events.ts';
import {
  added,
  bucketWith,
  form,
  MAX_BYTES,
  noise,
  raw,
  sha256Of,
  stored,
  upload,
  uploadStream,
  uploadWith,
} from '../support/evidence.ts';
import { act, opened } from '../support/incidents.ts';
import { signedIn } from '../support/people.ts';
import { callWith } from '../support/worker.ts';

let admin: string;
let max: string;
let eve: string;
let incident: number;
beforeAll(async () => {
  admin = await signedIn('admin');
  max = await signedIn('member', 'max');
  eve = await signedIn('member', 'eve');
  incident = (await opened(max)).id;
});

const get = (path: string, { token = eve, headers = {} }: { token?: string; headers?: Record<string, string> } = {}) =>
  call('GET', `/api/v1${path}`, { token, headers });
// Its bytes are gone, too, when this returns.
const remove = (id: number, token: string) => callWith('DELETE', `/api/v1/evidence/${id}`, { token, bindings: {} });

/** Each way to send a file. */
const WAYS = [
  ['as it is', (bytes: Uint8Array | string, filename?: string) => raw({ bytes, ...(filename ? { filename } : {}) })],
  ['in a form', (bytes: Uint8Array | string, filename = 'a') => form({ name: 'file', filename, bytes })],
] as const;

/** Does something that is to be refused, and checks that nothing of it is stored. */
async function expectRefused(send: () => Promise<Response>, status: number) {
  const before = await stored();
  const problem = await expectStatus(await send(), status);
  expect(await stored()).toEqual(before);
  return problem;
}

describe.each(WAYS)('a file that is sent %s', (_, pack) => {
  it('is stored with what its bytes are, and found where Location says', async () => {
    const response = await upload(max, incident, pack('{"a": 1}\n', 'C:\\logs\\auth.json'));
    const location = response.headers.get('Location') ?? '';
    const file = await expectStatus(response, 201);
    expect(file).toEqual({
      id: expect.any(Number),
      incident_id: incident,
      filename: 'auth.json',
      media_type: 'text/plain',
      size: 9,
      sha256: sha256Of(new TextEncoder().encode('{"a": 1}\n')),
      uploaded_by: 'max',
      created_at: expect.any(String),
    });
    expect(await expectStatus(await call('GET', location, { token: eve }), 200)).toEqual(file);
    expect(await auditOf(`incident:${incident}/evidence:${file.id}`)).toEqual([
      {
        actor: 'user:max',
        action: 'evidence.add',
        target: `incident:${incident}/evidence:${file.id}`,
        before: null,
        after: { filename: 'auth.json', size: 9, sha256: file.sha256, media_type: 'text/plain' },
      },
    ]);
  });

  it('may have 25 MiB and not a byte more', async () => {
    const bytes = noise(MAX_BYTES);
    const file = await expectStatus(await upload(max, incident, pack(bytes)), 201);
    expect(file).toMatchObject({ size: MAX_BYTES, sha256: sha256Of(bytes) });
    const content = await (await get(`/evidence/${file.id}/content`)).arrayBuffer();
    expect(sha256Of(new Uint8Array(content))).toBe(file.sha256);
    await expectRefused(() => upload(max, incident, pack(noise(MAX_BYTES + 1))), 413);
    await expectStatus(await remove(file.id, max), 204);
  });

  it('may not be empty', async () => {
    const problem = await expectRefused(() => upload(max, incident, pack('')), 400);
    expect(problem.errors).toEqual([{ pointer: '#/file', detail: 'must not be empty' }]);
  });

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['..', 'evidence'],
    ['...', 'evidence'],
    ['/', 'evidence'],
    ['  .htaccess ', 'htaccess'],
    ['C:\\temp\\..\\x.bin', 'x.bin'],
    ['a\u202egpj.bin', 'agpj.bin'],
    ['\u2067a\u2069.bin', 'a.bin'],
    ['Zu\u0308rich 漢字 😀.bin', 'Zürich 漢字 😀.bin'],
    [`${'a'.repeat(296)}.bin`, `${'a'.repeat(196)}.bin`],
    ['😀'.repeat(300), '😀'.repeat(200)],
    ["it's a <b>&.bin", "it's a <b>&.bin"],
  ])('gets a safe name: %j', async (name, safe) => {
    const file = await expectStatus(await upload(max, incident, pack(noise(10), name)), 201);
    expect(file.filename).toBe(safe);
  });

  it('is refused when its name says png and it is HTML', async () => {
    const send = () => upload(max, incident, pack('<html><script>alert(1)</script></html>', 'cat.png'));
    const problem = await expectRefused(send, 415);
    expect(problem).toMatchObject({
      type: '/problems#unsupported_media_type',
      detail: 'The name says png, but the bytes are not.',
    });
    await expectRefused(() => upload(max, incident, pack(noise(6_000_000), 'big.pdf')), 415);
    await expectRefused(() => upload(max, incident, pack(noise(100), 'log.txt')), 415);
  });

  it('is refused for an incident that is not there', async () => {
    const { id } = await opened(max);
    await expectStatus(await call('DELETE', `/api/v1/incidents/${id}`, { token: max }), 204);
    await expectRefused(() => upload(max, id, pack('x')), 404);
    await expectRefused(() => upload(max, 999_999, pack(noise(6_000_000))), 404);
  });

  it('is read as fast as it is stored: no more than a part is in memory', async () => {
    const chunk = noise(65_536);
    const [head = new Uint8Array(), tail = new Uint8Array()] = [...split(pack('|').body as Uint8Array | string)];
    let read = 0;
    let written = 0;
    const sizes: number[] = [];
    const ahead: number[] = [];
    const body = new ReadableStream({
      pull(controller) {
        if (read === 0 && head.byteLength > 0) controller.enqueue(head);
        if (read === MAX_BYTES) {
          if (tail.byteLength > 0) controller.enqueue(tail);
          controller.close();
          return;
        }
        controller.enqueue(chunk);
        read += chunk.byteLength;
      },
    });
    const EVIDENCE = bucketWith({
      createMultipartUpload: async (key: string) => {
        const target = await env.EVIDENCE.createMultipartUpload(key);
        return {
          complete: (parts: R2UploadedPart[]) => target.complete(parts),
          async uploadPart(number: number, part: Uint8Array) {
            await scheduler.wait(5);
            sizes.push(part.byteLength);
            ahead.push(read - written);
            written += part.byteLength;
            return target.uploadPart(number, part);
          },
        };
      },
    });
    const type = pack('|').headers?.['Content-Type'] ?? '';
    await expectStatus(await uploadStream({ token: max, incident, body, type, bindings: { EVIDENCE } }), 201);
    expect(new Set(sizes)).toEqual(new Set([5 * 1024 * 1024]));
    expect(Math.max(...ahead)).toBeLessThan(5 * 1024 * 1024 + 10 * chunk.byteLength);
  });
});

/** What stands before and behind the mark `|` in a body. */
function* split(body: Uint8Array | string): Generator<Uint8Array> {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  const [before = '', after = ''] = text.split(/(?<=\r\n\r\n|^)\|(?=\r\n|$)/);
  yield new TextEncoder().encode(before);
  yield new TextEncoder().encode(after);
}

describe('an upload', () => {
  it.each([
    ['two files', form({ name: 'file', filename: 'a', bytes: 'x' }, { name: 'file', filename: 'b', bytes: 'y' })],
    ['a field after the file', form({ name: 'file', filename: 'a', bytes: 'x' }, { name: 'note', bytes: 'y' })],
    ['a field before the file', form({ name: 'note', bytes: 'y' }, { name: 'file', filename: 'a', bytes: 'x' })],
    ['a file in another field', form({ name: 'upload', filename: 'a', bytes: 'x' })],
    ['no file', form()],
    ['an end that is missing', { ...form(), body: '--xX-boundary-Xx\r\nContent-Disposition: form-data; name="file"' }],
    [
      'half a file',
      { ...form(), body: '--xX-boundary-Xx\r\nContent-Disposition: form-data; name="file"\r\n\r\nhalf of' },
    ],
    ['no boundary', { ...form(), headers: { 'Content-Type': 'multipart/form-data' } }],
    ['another boundary', { ...form(), body: '--other\r\n\r\nx\r\n--other--\r\n' }],
    ['nonsense', { ...form(), body: 'nonsense' }],
    ['another multipart', { ...form(), headers: { 'Content-Type': 'multipart/mixed; boundary=x' } }],
  ])('that is a form with %s is refused', async (_, packed) => {
    const problem = await expectRefused(() => upload(max, incident, packed), 400);
    expect(problem.errors).toEqual([{ pointer: '#', detail: expect.stringMatching(/^must (hold one|be valid)/) }]);
  });

  it.each([-1, 0, 1])('may end where a part of 5 MiB ends, give or take %d bytes', async (more) => {
    const bytes = noise(5 * 1024 * 1024 + more);
    const file = await expectStatus(await upload(max, incident, raw({ bytes })), 201);
    const content = await (await get(`/evidence/${file.id}/content`)).arrayBuffer();
    expect(file).toMatchObject({ size: bytes.byteLength, sha256: sha256Of(bytes) });
    expect(sha256Of(new Uint8Array(content))).toBe(file.sha256);
  });

  it('that breaks off late leaves nothing either', async () => {
    const half = form({ name: 'file', filename: 'a', bytes: noise(11_000_000) }).body as Uint8Array;
    const packed = { ...form(), body: half.subarray(0, 10_900_000) };
    await expectRefused(() => upload(max, incident, packed), 400);
  });

  it('that does not say how long it is may not be longer either', async () => {
    const muchMore = form({ name: 'file', filename: 'a', bytes: noise(MAX_BYTES + 2_000_000) });
    for (const packed of [raw({ bytes: noise(MAX_BYTES + 1) }), muchMore]) {
      await expectRefused(() => uploadWith({}, { token: max, incident, packed }), 413);
    }
  });

  it('that says that it is too long is refused unread', async () => {
    const headers = { 'Content-Type': 'text/plain', 'Content-Length': String(MAX_BYTES + 1) };
    const packed = { ...raw({ bytes: 'short' }), headers };
    await expectRefused(() => uploadWith({}, { token: max, incident, packed }), 413);
  });

  it.each([
    ['0', 400],
    ['9', 413],
    ['10', 201],
    ['11', 201],
    ['-10', 201],
    ['ten', 201],
  ])('has ten bytes whatever it says: %s', async (length, status) => {
    const packed = { ...raw({ bytes: noise(10) }), headers: { 'Content-Length': length } };
    const file = await expectStatus(await uploadWith({}, { token: max, incident, packed }), status);
    if (status === 201) expect(file.size).toBe(10);
  });

  it('that is packed or has unknown parameters is refused', async () => {
    const packed = { ...raw({ bytes: 'x' }), headers: { 'Content-Encoding': 'gzip' } };
    await expectRefused(() => upload(max, incident, packed), 415);
    await expectRefused(() => upload(max, incident, { ...raw({ bytes: 'x' }), query: '?name=x' }), 400);
  });

  it('may come by the other spellings of its path, where everything else keeps the small limit', async () => {
    const body = 'x'.repeat(70_000);
    for (const path of [`/api/incidents/${incident}/evidence/`, `/api/v1/incidents/${incident}/evidence`]) {
      expect(await expectStatus(await call('POST', path, { token: max, body }), 201)).toMatchObject({ size: 70_000 });
    }
    for (const path of ['/api/v1/incidents', `/api/v1/incidents/${incident}/evidence/x`, '/api/v1/evidence/1']) {
      await expectStatus(await call('POST', path, { token: max, body }), 413);
    }
  });

  it('to an incident that is deleted meanwhile is refused, and leaves nothing', async () => {
    const { id } = await opened(max);
    const body = new ReadableStream(
      {
        async pull(controller) {
          await expectStatus(await call('DELETE', `/api/v1/incidents/${id}`, { token: max }), 204);
          controller.enqueue(noise(1000));
          controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    await expectRefused(() => uploadStream({ token: max, incident: id, body }), 404);
    await expectStatus(await act(max, id, 'restore'), 200);
    expect((await expectStatus(await get(`/incidents/${id}/evidence`), 200)).data).toEqual([]);
  });
});

describe('a quota', () => {
  const withQuota = (bindings: Partial<Env>, { size, on }: { size: number; on: number }) =>
    uploadWith({ EVIDENCE_MAX_BYTES: '600', ...bindings } as Partial<Env>, {
      token: eve,
      incident: on,
      packed: { ...raw({ bytes: noise(size) }), headers: { 'Content-Length': String(size) } },
    });

  it.each([
    ['an incident', { EVIDENCE_INCIDENT_BYTES: '1000' }, 'The files of an incident may have at most 1000 bytes'],
    ['a person', { EVIDENCE_USER_BYTES: '1000' }, 'The files that a person uploads may have at most 1000 bytes'],
  ])('of %s is used to the last byte, and given back by a deletion', async (_, quota, refusal) => {
    const bindings = quota as Partial<Env>;
    const on = (await opened(eve)).id;
    const first = await expectStatus(await withQuota(bindings, { size: 600, on }), 201);
    const problem = await expectRefused(() => withQuota(bindings, { size: 401, on }), 413);
    expect(problem.detail).toContain(refusal);
    const second = await expectStatus(await withQuota(bindings, { size: 400, on }), 201);
    await expectRefused(() => withQuota(bindings, { size: 1, on }), 413);
    await expectStatus(await remove(first.id, eve), 204);
    await expectStatus(await withQuota(bindings, { size: 600, on }), 201).then(({ id }) => remove(id, eve));
    await remove(second.id, eve);
  });

  it('is not exceeded by two uploads at once', async () => {
    const on = (await opened(eve)).id;
    const bindings = { EVIDENCE_INCIDENT_BYTES: '1000' } as Partial<Env>;
    const answers = await Promise.all([1, 2, 3].map(() => withQuota(bindings, { size: 600, on })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 413, 413]);
  });

  it('counts what an upload of unknown length may become, until it is over', async () => {
    const on = (await opened(eve)).id;
    const bindings = { EVIDENCE_INCIDENT_BYTES: '1000', EVIDENCE_MAX_BYTES: '600' } as Partial<Env>;
    const send = () => uploadWith(bindings, { token: eve, incident: on, packed: raw({ bytes: noise(10) }) });
    const [first, second] = await Promise.all([send(), send()]);
    expect([first?.status, second?.status].sort()).toEqual([201, 413]);
    await expectStatus(await send(), 201);
  });
});

describe('a download', () => {
  const bytes = noise(1000);
  let id: number;
  let sha256: string;
  beforeAll(async () => {
    ({ id, sha256 } = await added(max, incident, { bytes, filename: 'Fälle "1".bin' }));
  });
  const content = (headers: Record<string, string> = {}) => get(`/evidence/${id}/content`, { headers });
  const lastAudit = async () => (await auditOf(`incident:${incident}/evidence:${id}`)).at(-1);

  it('is an attachment that no browser runs, and says what it is', async () => {
    const response = await content();
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-disposition': `attachment; filename="F?lle \\"1\\".bin"; filename*=UTF-8''F%C3%A4lle%20%221%22.bin`,
      'content-type': 'application/octet-stream',
      'content-length': '1000',
      'x-content-type-options': 'nosniff',
      'accept-ranges': 'bytes',
      etag: `"${sha256}"`,
      'cache-control': 'no-store',
    });
    expect(response.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    expect(response.headers.get('Repr-Digest')).toBe(`sha-256=:${btoa(String.fromCharCode(...digest))}:`);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
  });

  it('of HTML is plain text to keep', async () => {
    const page = await added(max, incident, { bytes: '<script>alert(1)</script>', filename: 'page.html' });
    const { headers } = await get(`/evidence/${page.id}/content`);
    expect(headers.get('Content-Type')).toBe('text/plain');
    expect(headers.get('Content-Disposition')).toBe('attachment; filename=page.html');
  });

  it.each([
    ['bytes=0-99', 0, 100],
    ['bytes=0-0', 0, 1],
    ['bytes=100-', 100, 1000],
    ['bytes=-5', 995, 1000],
    ['bytes=-5000', 0, 1000],
    ['bytes=990-5000', 990, 1000],
    ['BYTES=999-999', 999, 1000],
  ])('of a part sends that part: %s', async (range, from, to) => {
    const response = await content({ Range: range });
    expect(response.status).toBe(206);
    expect(response.headers.get('Content-Range')).toBe(`bytes ${from}-${to - 1}/1000`);
    expect(response.headers.get('Content-Length')).toBe(String(to - from));
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes.subarray(from, to));
    expect(await lastAudit()).toMatchObject({
      actor: 'user:eve',
      action: 'evidence.download',
      after: { range: `bytes ${from}-${to - 1}/1000`, sha256 },
    });
  });

  it.each(['bytes=1000-', 'bytes=1000-2000', 'bytes=-0', `bytes=${'9'.repeat(30)}-`])(
    'of a part that is not there is 416: %s',
    async (range) => {
      const before = await lastAudit();
      const response = await content({ Range: range });
      expect(response.headers.get('Content-Range')).toBe('bytes */1000');
      expect((await expectStatus(response, 416)).type).toBe('/problems#range_not_satisfiable');
      expect(await lastAudit()).toEqual(before);
    },
  );

  it.each(['bytes=0-1,5-6', 'bytes=5-1', 'bytes=-', 'bytes=a-b', 'bytes', 'lines=0-1', 'bytes=1--5', '0-99'])(
    'of nonsense or of several parts sends all: %s',
    async (range) => {
      const response = await content({ Range: range });
      expect(response.status).toBe(200);
      expect(response.headers.get('Content-Range')).toBeNull();
      expect((await response.arrayBuffer()).byteLength).toBe(1000);
    },
  );

  it('goes on only where the bytes are the same', async () => {
    const part = (ifRange: string) => content({ Range: 'bytes=0-9', 'If-Range': ifRange });
    expect((await part(`"${sha256}"`)).status).toBe(206);
    for (const other of ['"other"', `W/"${sha256}"`, 'Sat, 21 Nov 2026 09:30:00 GMT']) {
      expect((await part(other)).status).toBe(200);
    }
  });

  it('of what the client has is 304, and no download', async () => {
    const before = (await auditOf(`incident:${incident}/evidence:${id}`)).length;
    for (const tag of [`"${sha256}"`, `W/"${sha256}"`, `"other", "${sha256}"`, '*']) {
      const response = await content({ 'If-None-Match': tag });
      expect([response.status, await response.text()]).toEqual([304, '']);
      expect(response.headers.get('ETag')).toBe(`"${sha256}"`);
    }
    expect((await auditOf(`incident:${incident}/evidence:${id}`)).length).toBe(before);
    expect((await content({ 'If-None-Match': '"other"' })).status).toBe(200);
  });
});

describe('the files of an incident', () => {
  it('are listed newest first, page by page', async () => {
    const { id } = await opened(max);
    const ids: number[] = [];
    for (const name of ['a', 'b', 'c']) ids.push((await added(max, id, { bytes: name, filename: name })).id);
    await added(max, incident);
    const seen: number[] = [];
    for (let cursor = ''; ; ) {
      const page = await expectStatus(await get(`/incidents/${id}/evidence?limit=2${cursor}`), 200);
      seen.push(...page.data.map((file: { id: number }) => file.id));
      if (!page.next_cursor) break;
      cursor = `&cursor=${page.next_cursor}`;
    }
    expect(seen).toEqual(ids.reverse());
    expect(await expectStatus(await get(`/incidents/${id}/evidence?page=1`), 200)).toMatchObject({ total: 3 });
    await expectStatus(await get('/incidents/999999/evidence'), 404);
  });

  it('go with it and come back with it', async () => {
    const { id } = await opened(max);
    const file = await added(max, id);
    const paths = ['', '/content', '/custody'].map((path) => `/evidence/${file.id}${path}`);
    await expectStatus(await call('DELETE', `/api/v1/incidents/${id}`, { token: max }), 204);
    for (const path of [...paths, `/incidents/${id}/evidence`]) expect((await get(path)).status).toBe(404);
    await expectStatus(await remove(file.id, max), 404);
    await expectStatus(await act(max, id, 'restore'), 200);
    for (const path of [...paths, `/incidents/${id}/evidence`]) expect((await get(path)).status).toBe(200);
  });

  it('are deleted by who uploaded them or an admin, for good', async () => {
    for (const deleter of [max, admin]) {
      const file = await added(max, incident);
      await expectStatus(await remove(file.id, eve), 403);
      const { keys } = await stored();
      await expectStatus(await remove(file.id, deleter), 204);
      await expectStatus(await remove(file.id, deleter), 404);
      for (const path of ['', '/content', '/custody']) {
        await expectStatus(await get(`/evidence/${file.id}${path}`), 404);
      }
      const { data } = await expectStatus(await get(`/incidents/${incident}/evidence?limit=100`), 200);
      expect(data.map(({ id }: { id: number }) => id)).not.toContain(file.id);
      expect((await stored()).keys.length).toBe(keys.length - 1);
      expect((await auditOf(`incident:${incident}/evidence:${file.id}`)).at(-1)).toMatchObject({
        action: 'evidence.delete',
        before: { filename: 'a.log', sha256: file.sha256, uploaded_by: 'max' },
      });
    }
  });

  it('are deleted once by two who do it at once', async () => {
    const { id } = await added(max, incident);
    const answers = await Promise.all([remove(id, max), remove(id, admin)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404]);
    expect(await auditOf(`incident:${incident}/evidence:${id}`)).toHaveLength(2);
  });

  it('tell who had them in their hands', async () => {
    const { id } = await added(max, incident, { bytes: noise(100), filename: 'x.bin' });
    await get(`/evidence/${id}/content`, { token: admin });
    await get(`/evidence/${id}/content`, { headers: { Range: 'bytes=-1' } });
    const custody = await expectStatus(await get(`/evidence/${id}/custody`), 200);
    const entry = { id: expect.any(Number), timestamp: expect.any(String), range: null };
    expect(custody.data).toEqual([
      { ...entry, actor: 'user:max', action: 'evidence.add' },
      { ...entry, actor: 'user:admin', action: 'evidence.download' },
      { ...entry, actor: 'user:eve', action: 'evidence.download', range: 'bytes 99-99/100' },
    ]);
    const first = await expectStatus(await get(`/evidence/${id}/custody?limit=1`), 200);
    const rest = await expectStatus(await get(`/evidence/${id}/custody?cursor=${first.next_cursor}`), 200);
    expect([...first.data, ...rest.data]).toEqual(custody.data);
  });
});
