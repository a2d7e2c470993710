import type { TestProject } from 'vitest/node';
import { startReceiver } from './receiver-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    receiverUrl: string;
  }
}

/** Starts the receiver of the tests inside workerd, which ask for it by `inject('receiverUrl')`. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, stop } = await startReceiver();
  project.provide('receiverUrl', url);
  return stop;
}
