import { answerOf, client } from '../api/client.ts';
import { toast, toastProblem } from '../shell/toast.ts';
import { type Channel, refreshChannels } from './channel-queries.ts';
import type { NewSecret } from './secret-dialog.tsx';

/** Turns a channel off, or on again. */
export function toggleChannel({ id, name, enabled }: Channel): Promise<void> {
  const call = client.PATCH('/channels/{id}', { params: { path: { id } }, body: { enabled: !enabled } });
  return settle(answerOf(call), `${name} ${enabled ? 'disabled' : 'enabled'}`);
}

export function deleteChannel({ id, name }: Channel): Promise<void> {
  return settle(client.DELETE('/channels/{id}', { params: { path: { id } } }), `${name} deleted`);
}

/** Gives a webhook a new secret; nothing when that failed, which has been told by then. */
export async function rotateSecret({ id, name }: Channel): Promise<NewSecret | undefined> {
  try {
    const rotated = await answerOf(client.POST('/channels/{id}/rotate', { params: { path: { id } } }));
    return { name, secret: rotated.secret, previousUntil: rotated.previous_secret_until };
  } catch (error) {
    toastProblem(error);
    return undefined;
  }
}

async function settle(call: Promise<unknown>, title: string): Promise<void> {
  try {
    await call;
    await refreshChannels();
    toast({ title });
  } catch (error) {
    toastProblem(error);
  }
}
