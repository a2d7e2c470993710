import { env } from 'cloudflare:workers';
import { expect, it } from 'vitest';
import { verified, whileTampered, writeRows } from '../support/audit-log.ts';
import { signedIn } from '../support/people.ts';
import { runCron } from '../support/worker.ts';

const ROWS = 10_000;
const AT_ONCE = 32;
const SEAL = '*/5 * * * *';

it('takes 10,000 rows, 32 at once and sealed meanwhile, without a gap', { timeout: 300_000 }, async () => {
  const admin = await signedIn('admin');
  let writing = true;
  const sealing = (async () => {
    while (writing) {
      await runCron(SEAL);
      await new Promise((wait) => setTimeout(wait, 500));
    }
  })();
  await writeRows(ROWS, AT_ONCE);
  writing = false;
  await sealing;
  await runCron(SEAL);

  const ids = await env.DB.prepare('SELECT min(id) AS low, max(id) AS high, count(*) AS rows FROM audit_rows').first();
  expect(ids).toEqual({ low: 1, high: ROWS, rows: ROWS });
  const honest = { status: 'ok', faults: [], verified_through: ROWS, unsealed_rows: 0, rows_checked: ROWS };
  expect(await verified(admin)).toMatchObject(honest);

  await whileTampered(["UPDATE audit_rows SET actor = 'user:mallory' WHERE id = 7777"], async () =>
    expect((await verified(admin)).faults).toEqual([{ kind: 'changed', rows: '7777' }]),
  );
});

it('is examined 20,000 rows a call, and moved rows are known across the border', { timeout: 300_000 }, async () => {
  const admin = await signedIn('admin', 'ada');
  const fill = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 35000)
    INSERT INTO audit_rows (timestamp, actor, action, target, request_id)
    SELECT ${Date.now()}, 'system:cron', 'test.fill', 'thing:' || i, 'request' FROM n`;
  await env.DB.prepare(fill).run();
  await runCron(SEAL);
  const whole = await verified(admin);
  expect(whole).toMatchObject({ status: 'ok', verified_through: 45_000, unsealed_rows: 0, rows_checked: 45_000 });
  expect(whole.calls).toBeGreaterThan(1);

  const insert = 'INSERT INTO audit_rows (id, timestamp, actor, action, target, request_id) VALUES';
  const shifted = [
    'UPDATE audit_rows SET id = -(id + 1) WHERE id >= 500',
    'UPDATE audit_rows SET id = -id WHERE id < 0',
    `${insert} (500, ${Date.now()}, 'user:mallory', 'a', 'b', 'c')`,
  ];
  await whileTampered(shifted, async () => {
    const { faults } = await verified(admin);
    expect(faults[0]).toEqual({ kind: 'inserted', rows: '500' });
    // Each call tells its own part of the rows that moved.
    expect(faults.slice(1).every(({ kind }) => kind === 'reordered')).toBe(true);
    expect(faults.at(-1)?.rows).toMatch(/-45001$/);
  });
});

it('is examined 20,000 rows a call where nothing is sealed', async () => {
  const admin = await signedIn('admin', 'eva');
  await whileTampered(['DELETE FROM audit_rows WHERE id = 31000', 'DELETE FROM audit_seals'], async () => {
    const { objects } = await env.EVIDENCE.list();
    await env.EVIDENCE.delete(objects.map(({ key }) => key));
    expect(await verified(admin)).toMatchObject({
      status: 'broken',
      faults: [{ kind: 'removed', rows: '31000' }],
      verified_through: 0,
      unsealed_rows: 44_999,
      calls: 3,
    });
  });
});
