import { isReachable, noteSilence, untilReachable } from './reachability.ts';

/**
 * Loads a part of the console. Without a connection it waits for it. A part that is not there any more fails: a newer
 * console has been deployed, and the page has to be loaded anew.
 */
export async function loadPatiently<Module>(load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    if (await isReachable()) throw error;
    noteSilence();
    await untilReachable();
    return loadPatiently(load);
  }
}
