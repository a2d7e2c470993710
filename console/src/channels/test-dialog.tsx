import { useQuery } from '@tanstack/react-query';
import type { Schemas } from '../api/schema.ts';
import { deliveryQuery } from '../deliveries/delivery-queries.ts';
import { DeliveryAttempts } from '../kit/delivery-attempts.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ProblemState } from '../ui/problem-state.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';

type Props = {
  name: string;
  test: { data: Schemas['Delivery'] | undefined; error: Error | null };
  onClose: () => void;
};

/** What became of a test: each attempt with what came back. */
export function TestDialog({ name, test: { data: sent, error }, onClose }: Props) {
  const { data: latest } = useQuery({ ...deliveryQuery(sent?.id ?? 0), enabled: sent !== undefined });
  const delivery = latest ?? sent;
  return (
    <Dialog
      title={`Test of ${name}`}
      description="A made-up alert of id 0, sent the way of all notifications."
      onClose={onClose}
    >
      {error && <ProblemState error={error} />}
      {!error && !delivery?.attempt_count && <ProgressBar label="Waiting for an answer" />}
      {!error && delivery && <DeliveryAttempts delivery={delivery} />}
    </Dialog>
  );
}
