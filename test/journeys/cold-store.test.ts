import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Api, signIn } from '../../scripts/local/api.ts';
import { openDatabase } from '../support/local-database.ts';
import { type Product, startProduct } from '../support/product.ts';
import { token } from '../support/remote.ts';
import { newState } from '../support/state.ts';

const EVENTS = 1500;
const DAY = 24 * 60 * 60 * 1000;

// What is hard to carry from one format to another, put into events of the first day.
const HARD = [
  { description: "'; DROP TABLE events; -- <script>alert(1)</script>", attributes: { script: 'IEX "a`n$b"\\ \'x\'' } },
  { description: 'Zeile 1\r\nZeile 2\t€ 𝕏 \u2028 مرحبا', attributes: { 'ключ "a"': [null, 1.5, true, { deep: [] }] } },
  { description: '', attributes: {} },
  { description: 'large', attributes: { blob: 'y"\\'.repeat(5_000) } },
  { description: 'numbers', attributes: { big: 9007199254740991, small: -0.000001, text: '007' } },
];

let state: string;
let product: Product;
let api: Api;
let stored: Record<string, unknown>[];

beforeAll(async () => {
  state = await newState();
  const sizes = ['--events', String(EVENTS), '--incidents', '5', '--days', '12'];
  await promisify(execFile)('npm', ['run', '-s', 'seed', '--', '--state', state, ...sizes]);
  stored = await hardenedEvents();
  product = await startProduct({ state, env: { EVENT_RETENTION_DAYS: '2' } });
  api = await signIn(product.url, product.admin);
});
afterAll(async () => {
  await product?.stop();
  await rm(state, { recursive: true });
});

/** Puts hard content and nulls into the database; its events as they are then. */
async function hardenedEvents() {
  const database = await openDatabase(state);
  const first = Number(database.prepare('SELECT min(id) AS id FROM events').get()?.id);
  const update = database.prepare('UPDATE events SET description = ?, attributes = ? WHERE id = ?');
  for (const [index, { description, attributes }] of HARD.entries()) {
    update.run(description, JSON.stringify(attributes), first + index);
  }
  database.exec(`UPDATE events SET ip = NULL, sensor_id = NULL, occurred_at = NULL WHERE id = ${first}`);
  database.exec(`UPDATE events SET external_id = 'x-' || id, dedup_key = 'd' WHERE id = ${first + 1}`);
  database.exec(`UPDATE events SET silence_id = 7 WHERE id = ${first + 2}`);
  const rows = database.prepare('SELECT * FROM events ORDER BY id').all();
  database.close();
  return rows;
}

type Manifest = { id: number; day: string; key: string; rows: number; kept: number };

/** The whole manifest, once there is nothing left to move. */
async function settledManifest(): Promise<Manifest[]> {
  for (let before = -1; ; ) {
    await fetch(`${product.url}/cdn-cgi/local/scheduled?cron=*+*+*+*+*`);
    await fetch(`${product.url}/cdn-cgi/local/scheduled?cron=*/5+*+*+*+*`);
    const { data } = await api.get<{ data: Manifest[] }>('/events/cold-store?limit=100');
    if (data.length > 0 && data.length === before) return data;
    before = data.length;
  }
}

/** Downloads the objects into a folder, each under its key. */
async function download(objects: Manifest[]): Promise<string> {
  const access = await token(product);
  for (const { id, key } of objects) {
    const url = `${product.url}/api/v1/events/cold-store/${id}/content`;
    const response = await fetch(url, { headers: { Authorization: `Bearer ${access}` } });
    const file = join(state, 'lake', key);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, Buffer.from(await response.arrayBuffer()));
  }
  return join(state, 'lake/cold/events');
}

it('DuckDB finds every moved event in the files, each field as it was stored', async () => {
  const objects = await settledManifest();
  const lake = await download(objects);
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const query = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJson();
  const files = `read_parquet('${lake}/*/*.parquet', hive_partitioning = true, hive_types = {'day': VARCHAR})`;

  const due = Math.floor((Date.now() - 2 * DAY) / DAY) * DAY;
  const expected = stored.filter(({ timestamp }) => Number(timestamp) < due);
  expect(expected.length).toBeGreaterThan(EVENTS / 2);
  const found = await query(`
    SELECT * REPLACE (epoch_ms(timestamp) AS timestamp, epoch_ms(occurred_at) AS occurred_at) FROM ${files} ORDER BY id`);
  const NUMBERS = ['id', 'timestamp', 'occurred_at', 'sensor_id', 'alert_id', 'silence_id'];
  const read = found.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        NUMBERS.includes(name) && value !== null ? Number(value) : value,
      ]),
    ),
  );
  expect(read).toEqual(
    expected.map(({ idempotency_key: _key, body_hash: _hash, alert_state: _state, ...event }) => ({
      ...event,
      day: new Date(Number(event.timestamp)).toISOString().slice(0, 10),
    })),
  );

  // Types and partitions are such that one can ask for them as one would.
  const kinds = await query(`SELECT typeof(id) AS id, typeof(timestamp) AS time FROM ${files} LIMIT 1`);
  expect(kinds).toEqual([{ id: 'BIGINT', time: 'TIMESTAMP WITH TIME ZONE' }]);
  const [day] = objects.map((object) => object.day).sort();
  const asked = await query(
    `SELECT count(*)::INT AS n, min(attributes ->> '$.script') AS script FROM ${files} WHERE day = '${day}'`,
  );
  expect(asked).toMatchObject([
    { n: expected.filter(({ timestamp }) => dayOf(timestamp) === day).length, script: HARD[0]?.attributes.script },
  ]);

  // What the API still shows of these days are the events that alerts keep; the reports count them all.
  const kept = objects.reduce((sum, object) => sum + object.kept, 0);
  expect(kept).toBe(expected.filter(({ alert_id }) => alert_id !== null).length);
  const to = `to=${new Date(due - 1).toISOString()}`;
  expect((await api.get<{ total: number }>(`/events?page=1&${to}`)).total).toBe(kept);
  const range = `from=${new Date(due - 20 * DAY).toISOString()}&to=${new Date(due).toISOString()}`;
  const summary = await api.get<{ events: { total: number } }>(`/reports/summary?${range}`);
  expect(summary.events.total).toBe(expected.length);
});

const dayOf = (timestamp: unknown) => new Date(Number(timestamp)).toISOString().slice(0, 10);
