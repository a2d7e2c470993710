import { Buffer } from 'node:buffer';
import { z } from '@hono/zod-openapi';
import type { SortedCursor } from '../db/page.ts';

/** A cursor as text: the id, or base64url of what a list by another column needs beside it. */
export function writeCursor(cursor: number | SortedCursor): string {
  if (typeof cursor === 'number') return String(cursor);
  const { by, value, id } = cursor;
  return Buffer.from(JSON.stringify([by, value, id])).toString('base64url');
}

/** What `writeCursor` wrote of a list that is sorted by one of these columns. */
export function sortedCursor(sortBy: readonly string[]) {
  const value = z.union([
    z.number(),
    z
      .string()
      .max(200)
      .refine((text) => text.isWellFormed()),
  ]);
  const parts = z.tuple([z.enum(sortBy), value, z.number().int().positive()]);
  return z
    .string()
    .max(2_000)
    .transform((text, refinement): SortedCursor => {
      const { success, data } = parts.safeParse(parsed(text));
      if (success) return { by: data[0], value: data[1], id: data[2] };
      refinement.addIssue({ code: 'custom' });
      return z.NEVER;
    });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
}
