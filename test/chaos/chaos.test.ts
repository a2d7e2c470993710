import { expect, it } from 'vitest';
import { FAULT_NAMES, KILL_NAMES } from './faults.ts';
import { isGood, runChaos } from './run-chaos.ts';

// The short form of `npm run chaos`.
it('loses and doubles nothing while each fault strikes and the product is killed twice', async () => {
  const outcome = await runChaos({ seed: 1, events: 1_000, kills: 2, faults: FAULT_NAMES, killPoints: KILL_NAMES });
  expect(outcome).toMatchObject({
    verdict: {
      ...{ eventsMissing: 0, eventsDuplicated: 0 },
      ...{ alertsMissing: 0, alertsDuplicated: 0, alertsMiscounted: 0, auditFaults: 0 },
    },
    complaints: [],
  });
  expect(outcome.verdict.accepted).toBeGreaterThanOrEqual(1_000);
  expect(isGood(outcome)).toBe(true);
  expect([...outcome.counts.keys()]).toEqual(expect.arrayContaining(FAULT_NAMES));
});
