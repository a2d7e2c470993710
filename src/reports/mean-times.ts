import { z } from '@hono/zod-openapi';

const seconds = (description: string) => z.number().nullable().openapi({ description, example: 271.5 });

export const mtta = seconds(
  'MTTA: mean seconds from raised to acknowledged; one that was resolved without that counts as acknowledged then. Null when none was.',
);

export const mttrFrom = (begun: string) => seconds(`MTTR: mean seconds from ${begun} to resolved. Null when none is.`);

export function meanSeconds(ms: number, of: number): number | null {
  return of === 0 ? null : Math.round(ms / of) / 1000;
}
