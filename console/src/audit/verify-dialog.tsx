import { useQuery } from '@tanstack/react-query';
import { Dialog } from '../ui/dialog.tsx';
import { ProblemState } from '../ui/problem-state.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { newestRowQuery } from './audit-queries.ts';
import { useVerification } from './use-verification.ts';
import { VerificationResult } from './verification-result.tsx';

/** Compares the log with its signed seals, row by row, and says what it found. Closing it ends the work. */
export function VerifyDialog({ onClose }: { onClose: () => void }) {
  const { found, error } = useVerification();
  const { data: newest } = useQuery(newestRowQuery({}));
  const { nextFrom, rows } = found;
  return (
    <Dialog
      onClose={onClose}
      title="Verify the audit log"
      description="Each row is compared with the signed seal that covers it."
      wide
    >
      {error !== undefined && <ProblemState error={error} />}
      {error === undefined && nextFrom !== null && (
        <div className="space-y-2">
          <ProgressBar label="Verifying" value={newest && Math.min(1, (nextFrom - 1) / newest)} />
          <p className="text-muted">{rows.toLocaleString('en')} rows so far</p>
        </div>
      )}
      {nextFrom === null && <VerificationResult found={found} />}
    </Dialog>
  );
}
