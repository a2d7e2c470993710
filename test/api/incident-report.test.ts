import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { auditOf, raised } from '../support/events.ts';
import { raw, upload } from '../support/evidence.ts';
import { act, opened } from '../support/incidents.ts';
import { signedIn } from '../support/people.ts';

const ATTACK = `</pre></style><script>alert("1")</script><img src=x onerror='alert(2)'>&amp;`;
const SHOWN =
  '&lt;/pre&gt;&lt;/style&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&lt;img src=x onerror=&#39;alert(2)&#39;&gt;&amp;amp;';

let admin: string;
beforeAll(async () => {
  admin = await signedIn('admin', 'ada');
});

const report = (id: number, token = admin) => call('GET', `/api/v1/incidents/${id}/report`, { token });

async function page(id: number): Promise<string> {
  const response = await report(id);
  expect(response.status).toBe(200);
  return response.text();
}

/** The text between the tags, as a reader sees it but for the white space. */
const textOf = (html: string) =>
  html
    .replace(/<style>[\s\S]*<\/style>/, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');

describe('the report of an incident', () => {
  it('says all that is known of it', async () => {
    const { id } = await opened(admin, {
      service: 'payments',
      tags: ['db'],
      description: 'Files **encrypted**\n  by X',
    });
    const alert = await raised(admin, { source: 'fw-7', description: 'Known exploit seen' });
    await expectStatus(await act(admin, id, 'alerts', { alert_ids: [alert.id] }), 200);
    await expectStatus(await act(admin, id, 'notes', { body: 'Isolated **db-3**' }), 201);
    const file = await expectStatus(
      await upload(admin, id, raw({ bytes: 'Nov 21 sshd: accepted', filename: 'auth.log' })),
      201,
    );
    const incident = await expectStatus(await act(admin, id, 'resolve'), 200);

    const html = await page(id);
    const text = textOf(html);
    for (const part of [
      `Incident ${id}: Ransomware on the payments cluster`,
      'Severity sev1 Status resolved Service payments Owner ada Tags db',
      `Opened ${incident.created_at}`,
      `Resolved ${incident.resolved_at}`,
      'Time to resolve 0 min',
      `Alert ${alert.id}: scan Severity high Status open Source fw-7`,
      'Known exploit seen',
      `ada Written`,
      'Isolated **db-3**',
      `auth.log Bytes 21 Type text/plain SHA-256 ${file.sha256} Added by ada Added ${file.created_at}`,
      'user:ada incident.create',
      'user:ada incident.resolve (status',
      'Printed by ada at 2',
    ]) {
      expect(text).toContain(part);
    }
    expect(html).toContain('<pre>Files **encrypted**\n  by X</pre>');
    expect(text).not.toContain('Time to mitigate');
    expect(text).not.toContain('There are more');
  });

  it('says so where there is nothing', async () => {
    const { id } = await opened(admin);
    expect(textOf(await page(id)).match(/(Description|Alerts|Notes|Evidence) None\./g)).toHaveLength(4);
  });

  it('shows what people and sensors wrote as text, whatever it is', async () => {
    const { id } = await opened(admin, { title: ATTACK, description: ATTACK, service: ATTACK.slice(0, 100) });
    const event = { source: ATTACK, event_type: ATTACK.slice(0, 100), description: ATTACK };
    const alert = await raised(admin, event);
    await expectStatus(await act(admin, id, 'alerts', { alert_ids: [alert.id] }), 200);
    await expectStatus(await act(admin, id, 'notes', { body: ATTACK }), 201);
    await expectStatus(await upload(admin, id, raw({ bytes: 'x', filename: '"><script>alert(1)<script>.txt' })), 201);

    const html = await page(id);
    expect(html).not.toMatch(/<(script|img|iframe|object|link|base|form|a|svg)\b/i);
    expect(html).not.toContain("src=x onerror='");
    // Title and heading, description, the alert's source and description, the note.
    expect(html.split(SHOWN).length - 1).toBeGreaterThanOrEqual(6);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;script&gt;.txt');
    expect(html.match(/<style>/g)).toHaveLength(1);
    expect(html.match(/<pre>/g)).toHaveLength(3);
  });

  it('may show its own style and nothing else', async () => {
    const { id } = await opened(admin);
    const response = await report(id);
    const [, style = ''] = (await response.text()).match(/<style>([\s\S]*?)<\/style>/) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(response.headers.get('Content-Security-Policy')).toBe(
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
        `style-src 'sha256-${hash}'; sandbox`,
    );
    expect(response.headers.get('Content-Type')?.toLowerCase()).toBe('text/html; charset=utf-8');
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(style).not.toMatch(/url\(|@import/);
  });

  it('leaves the policy of everything else alone', async () => {
    const { id } = await opened(admin);
    const response = await call('GET', `/api/v1/incidents/${id}`, { token: admin });
    expect(response.headers.get('Content-Security-Policy')).not.toContain('style-src');
  });

  it('is written down, and stands in the timeline', async () => {
    const { id } = await opened(admin);
    await page(id);
    expect((await auditOf(`incident:${id}`)).at(-1)).toMatchObject({ actor: 'user:ada', action: 'incident.print' });
    const path = `/api/v1/incidents/${id}/timeline?sort_order=desc`;
    const { data } = await expectStatus(await call('GET', path, { token: admin }), 200);
    expect(data[0]).toMatchObject({ kind: 'printed', actor: 'user:ada', changes: [] });
  });

  it('is there for everyone who reads incidents, and only of those that are there', async () => {
    const { id } = await opened(admin);
    expect((await report(id, await signedIn('member'))).status).toBe(200);
    expect((await call('GET', `/api/v1/incidents/${id}/report`)).status).toBe(401);
    await expectStatus(await call('DELETE', `/api/v1/incidents/${id}`, { token: admin }), 204);
    const before = await auditOf(`incident:${id}`);
    const missing = await report(id);
    await expectStatus(missing, 404);
    expect(missing.headers.get('Content-Type')).toContain('application/problem+json');
    expect(await auditOf(`incident:${id}`)).toEqual(before);
  });

  it('tells durations in days, hours and minutes, and that not all is shown', async () => {
    const { env } = await import('cloudflare:workers');
    const { id } = await opened(admin, { status: 'resolved' });
    const longer = 'mitigated_at = created_at + 3725000, resolved_at = created_at + 180000000';
    await env.DB.prepare(`UPDATE incidents SET ${longer} WHERE id = ?`).bind(id).run();
    await env.DB.prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 501)
       INSERT INTO notes (incident_id, author, body, created_at) SELECT ?, 'x', 'note ' || i || '.', 0 FROM n`,
    )
      .bind(id)
      .run();
    const text = textOf(await page(id));
    expect(text).toContain('Time to mitigate 1 h 2 min');
    expect(text).toContain('Time to resolve 2 d 2 h 0 min');
    expect(text).toContain('note 500.');
    expect(text).not.toContain('note 501.');
    expect(text.match(/There are more than these 500\./g)).toHaveLength(1);
  });
});
