import type { Call } from '../core/context.ts';
import type { Settings } from '../core/settings.ts';
import { authorize } from '../identity/permissions.ts';

/** The settings that are in force. They hold secrets, which the view leaves out. */
export async function getSettings({ ctx }: Pick<Call<never>, 'ctx'>): Promise<Settings> {
  authorize(ctx.actor, 'settings.read');
  return ctx.settings;
}
