import { BulkBar } from './bulk-bar.tsx';
import { BulkOutcome } from './bulk-outcome.tsx';
import type { useAlertList } from './use-alert-list.ts';

/** Below the list: what can be done with the selection, how far it has come, and what failed. */
export function AlertWork({ alerts }: { alerts: ReturnType<typeof useAlertList> }) {
  const { list, matching, triage, preview, isSelecting } = alerts;
  const { selection, selectAllMatching, clear } = list;
  const isAll = selection.allMatching && matching !== undefined;
  return (
    <>
      {triage.bulk && <BulkOutcome state={triage.bulk} onOpen={preview} onDismiss={triage.dismiss} />}
      {isSelecting && (
        <BulkBar
          count={isAll ? matching : selection.ids.size}
          matching={isAll ? undefined : matching}
          triage={triage}
          onSelectMatching={selectAllMatching}
          onClear={clear}
        />
      )}
    </>
  );
}
