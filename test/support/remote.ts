import type { z } from 'zod';
import type { alertView } from '../../src/alerts/contract.ts';
import type { eventView } from '../../src/events/contract.ts';

type Target = { url: string; admin: { username: string; password: string } };
type Page<Item> = { data: Item[]; next_cursor: string | null };

/** An access token of the first admin of a running product. */
export async function token({ url, admin }: Target): Promise<string> {
  const response = await fetch(`${url}/api/v1/token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(admin),
  });
  const { access } = (await response.json()) as { access: string };
  return access;
}

/** Every event of a running product. */
export function allEvents(target: Target, access: string): Promise<z.output<typeof eventView>[]> {
  return all(`${target.url}/api/v1/events`, access);
}

/** Every alert of a running product. */
export function allAlerts(target: Target, access: string): Promise<z.output<typeof alertView>[]> {
  return all(`${target.url}/api/v1/alerts`, access);
}

async function all<Item>(url: string, access: string): Promise<Item[]> {
  const items: Item[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const response = await fetch(`${url}?limit=100${cursor && `&cursor=${cursor}`}`, {
      headers: { Authorization: `Bearer ${access}` },
    });
    const page = (await response.json()) as Page<Item>;
    items.push(...page.data);
    cursor = page.next_cursor;
  }
  return items;
}
