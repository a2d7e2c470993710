import { isReachable, noteSilence, untilReachable } from './reachability.ts';

/**
 * Loads a part of the console. Without a connection it waits for it, and the connection may be back before anybody
 * looks: only what fails twice is not there any more. Then a newer console has been deployed, and the page has to be
 * loaded anew.
 */
export async function loadPatiently<Module>(load: () => Promise<Module>, isAgain = false): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    const isBack = await isReachable();
    if (isBack && isAgain) throw error;
    if (!isBack) {
      noteSilence();
      await untilReachable();
    }
    return loadPatiently(load, isBack);
  }
}
