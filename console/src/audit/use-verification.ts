import { useEffect, useState } from 'react';
import { answerOf, client } from '../api/client.ts';
import type { Schemas } from '../api/schema.ts';

/** What was found so far, over as many answers as the log is long. */
export type Verification = {
  rows: number;
  seals: number;
  unsealed: number;
  faults: Schemas['AuditVerification']['faults'];
  faultCount: number;
  publicKeys: string[];
  /** Where it goes on; null at the end of the log. */
  nextFrom: number | null;
};

const NOTHING: Verification = {
  rows: 0,
  seals: 0,
  unsealed: 0,
  faults: [],
  faultCount: 0,
  publicKeys: [],
  nextFrom: 1,
};

/** Verifies the whole log from its first row on, for as long as somebody looks at it. */
export function useVerification() {
  const [found, setFound] = useState(NOTHING);
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    const leaving = new AbortController();
    verifyAll(setFound, leaving.signal).catch((reason: unknown) => {
      if (!leaving.signal.aborted) setError(reason);
    });
    return () => leaving.abort();
  }, []);
  return { found, error };
}

async function verifyAll(tell: (found: Verification) => void, signal: AbortSignal): Promise<void> {
  let found = NOTHING;
  while (found.nextFrom !== null) {
    const params = { query: { from_id: found.nextFrom } };
    found = added(found, await answerOf(client.GET('/auditlogs/verify', { params, signal })));
    tell(found);
  }
}

function added(found: Verification, answer: Schemas['AuditVerification']): Verification {
  return {
    rows: found.rows + answer.rows_checked,
    seals: found.seals + answer.seals_checked,
    unsealed: found.unsealed + answer.unsealed_rows,
    faults: [...found.faults, ...answer.faults],
    faultCount: found.faultCount + answer.fault_count,
    publicKeys: [...new Set([...found.publicKeys, ...answer.public_keys])],
    nextFrom: answer.next_from,
  };
}
