import { env } from 'cloudflare:workers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { cleanEvidence } from '../../src/evidence/clean-evidence.ts';
import { cronContext } from '../support/audit-log.ts';
import { call, expectStatus } from '../support/client.ts';
import { auditOf } from '../support/events.ts';
import { added, bucketWith, dbFailingAt, failing, noise, raw, stored, uploadWith } from '../support/evidence.ts';
import { opened } from '../support/incidents.ts';
import { signedIn } from '../support/people.ts';
import { callWith } from '../support/worker.ts';

let max: string;
let incident: number;
beforeAll(async () => {
  max = await signedIn('member', 'max');
  incident = (await opened(max)).id;
  for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(console, level).mockReturnValue();
});
afterAll(() => vi.restoreAllMocks());

const NOTHING = { states: [], keys: [] };

const send = (bindings: Partial<Env>, size = 100) =>
  uploadWith(bindings, { token: max, incident, packed: raw({ bytes: noise(size) }) });

/** What the cron does so many minutes later. */
const clean = (minutes: number, bucket = env.EVIDENCE) =>
  cleanEvidence({ ctx: cronContext({ clock: () => new Date(Date.now() + minutes * 60_000), evidence: bucket }) });

const listed = async () =>
  (await expectStatus(await call('GET', `/api/v1/incidents/${incident}/evidence`, { token: max }), 200)).data;

describe('an upload', () => {
  it.each([100, 6_000_000])('whose row cannot be finished fails, and cron removes it: %d bytes', async (size) => {
    await expectStatus(await send({ DB: dbFailingAt(/^update "evidence"/) }, size), 503);
    expect(await stored()).toMatchObject({ states: ['uploading'], keys: [expect.any(String)] });
    expect(await listed()).toEqual([]);
    await clean(59);
    expect((await stored()).states).toEqual(['uploading']);
    await clean(61);
    expect(await stored()).toEqual(NOTHING);
  });

  it('whose audit row cannot be written is not there', async () => {
    await expectStatus(await send({ DB: dbFailingAt(/^insert into "audit_rows"/) }), 503);
    expect(await listed()).toEqual([]);
    await clean(61);
    expect(await stored()).toEqual(NOTHING);
  });

  it('whose row cannot be reserved sends nothing to R2', async () => {
    const put = vi.fn(failing);
    await expectStatus(await send({ DB: dbFailingAt(/^insert into "evidence"/), EVIDENCE: bucketWith({ put }) }), 503);
    expect(put).not.toHaveBeenCalled();
    expect(await stored()).toEqual(NOTHING);
  });

  it('that R2 does not take leaves nothing', async () => {
    await expectStatus(await send({ EVIDENCE: bucketWith({ put: failing }) }), 500);
    await expectStatus(await send({ EVIDENCE: bucketWith({ createMultipartUpload: failing }) }, 6_000_000), 500);
    expect(await stored()).toEqual(NOTHING);
  });

  it.each(['uploadPart', 'complete'])('of which R2 takes only a part is aborted: %s fails', async (method) => {
    const abort = vi.fn();
    const createMultipartUpload = async (key: string) => {
      const target = await env.EVIDENCE.createMultipartUpload(key);
      return {
        uploadPart: (number: number, part: Uint8Array) => target.uploadPart(number, part),
        complete: (parts: R2UploadedPart[]) => target.complete(parts),
        abort: () => {
          abort();
          return target.abort();
        },
        [method]: failing,
      };
    };
    await expectStatus(await send({ EVIDENCE: bucketWith({ createMultipartUpload }) }, 6_000_000), 500);
    expect(abort).toHaveBeenCalledOnce();
    expect(await stored()).toEqual(NOTHING);
  });

  it('that R2 neither takes nor removes is left to cron', async () => {
    await expectStatus(await send({ EVIDENCE: bucketWith({ put: failing, delete: failing }) }), 500);
    expect((await stored()).states).toEqual(['uploading']);
    expect(await listed()).toEqual([]);
    await clean(61);
    expect(await stored()).toEqual(NOTHING);
  });

  it('that is refused answers so although it cannot be removed', async () => {
    const bindings = { EVIDENCE: bucketWith({ delete: failing }) };
    const packed = raw({ bytes: '<html>', filename: 'cat.png' });
    await expectStatus(await uploadWith(bindings, { token: max, incident, packed }), 415);
    await clean(61);
    expect(await stored()).toEqual(NOTHING);
  });

  it.each([
    ['and removed', env.EVIDENCE],
    ['and could not remove', bucketWith({ delete: failing })],
  ])('that cron gave up %s cannot be finished any more', async (_, bucket) => {
    const put = async (key: string, part: Uint8Array) => {
      await clean(61, bucket);
      return env.EVIDENCE.put(key, part);
    };
    await expectStatus(await send({ EVIDENCE: bucketWith({ put }) }), 404);
    expect(await stored()).toEqual(NOTHING);
  });
});

describe('a deletion', () => {
  const path = (id: number) => `/api/v1/evidence/${id}`;

  it('that R2 does not follow is done by cron; until then nobody sees the file', async () => {
    const { id } = await added(max, incident);
    const bindings = { EVIDENCE: bucketWith({ delete: failing }) };
    await expectStatus(await callWith('DELETE', path(id), { token: max, bindings }), 204);
    expect((await stored()).states).toEqual(['deleting']);
    expect(await listed()).toEqual([]);
    await expectStatus(await call('GET', `${path(id)}/content`, { token: max }), 404);
    await clean(0);
    expect(await stored()).toEqual(NOTHING);
  });

  it('that cannot be written down is not done', async () => {
    const { id } = await added(max, incident);
    const bindings = { DB: dbFailingAt(/^insert into "audit_rows"/) };
    await expectStatus(await callWith('DELETE', path(id), { token: max, bindings }), 503);
    expect(await listed()).toHaveLength(1);
    await expectStatus(await callWith('DELETE', path(id), { token: max, bindings: {} }), 204);
    expect(await stored()).toEqual(NOTHING);
  });
});

describe('a download', () => {
  it('that cannot be written down sends no byte', async () => {
    const { id } = await added(max, incident, { bytes: noise(6_000_000) });
    const bindings = { DB: dbFailingAt(/^insert into "audit_rows"/) };
    const path = `/api/v1/evidence/${id}/content`;
    const problem = await expectStatus(await callWith('GET', path, { token: max, bindings }), 503);
    expect(problem.type).toBe('/problems#unavailable');
    expect(await auditOf(`incident:${incident}/evidence:${id}`)).toHaveLength(1);
  });

  it('of bytes that are lost is 404, and our log knows', async () => {
    const { id } = await added(max, incident);
    const bindings = { EVIDENCE: bucketWith({ get: async () => null }) };
    const log = vi.spyOn(console, 'error').mockReturnValue();
    const path = `/api/v1/evidence/${id}/content`;
    const problem = await expectStatus(await callWith('GET', path, { token: max, bindings }), 404);
    expect(problem.detail).toBe('There is no such file in the store.');
    expect(log.mock.calls.flat().join()).toContain(`"evidence":${id}`);
    expect(await auditOf(`incident:${incident}/evidence:${id}`)).toHaveLength(1);
  });
});
