import { z } from '@hono/zod-openapi';

const figures = z.strictObject({
  total: z.number().int().openapi({ description: 'Alerts that have this target.', example: 8 }),
  missed: z.number().int().openapi({ description: 'Those of them that were too late, answered or not.', example: 1 }),
  met_rate: z
    .number()
    .nullable()
    .openapi({ description: 'The share that was not missed, 0 to 1. Null without a target.', example: 0.875 }),
});

/** How the targets of escalation policies were kept. */
export const targetFigures = z
  .strictObject({ acknowledge: figures, resolve: figures })
  .openapi('TargetFigures', { description: 'A target that still runs counts as met until it is missed.' });

export type TargetMeasure = 'acknowledgeTargets' | 'acknowledgeBreaches' | 'resolveTargets' | 'resolveBreaches';

/** The figures of what was summed. */
export function viewTargets(sum: (measure: TargetMeasure) => number): z.output<typeof targetFigures> {
  return {
    acknowledge: viewFigures(sum('acknowledgeTargets'), sum('acknowledgeBreaches')),
    resolve: viewFigures(sum('resolveTargets'), sum('resolveBreaches')),
  };
}

function viewFigures(total: number, missed: number): z.output<typeof figures> {
  return { total, missed, met_rate: total === 0 ? null : Math.round((1 - missed / total) * 10_000) / 10_000 };
}
