import { useMutation, useQuery } from '@tanstack/react-query';
import { answerOf, client } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import { DeliveryAttempts } from '../kit/delivery-attempts.tsx';
import { Fields } from '../kit/fields.tsx';
import { FieldsOrJson } from '../kit/fields-or-json.tsx';
import { TimeText } from '../kit/time-text.tsx';
import { toast, toastProblem } from '../shell/toast.ts';
import { Button } from '../ui/button.tsx';
import { ProblemState } from '../ui/problem-state.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { ChannelName } from './channel-name.tsx';
import { deliveryQuery } from './delivery-queries.ts';
import { SubjectLink } from './subject-link.tsx';

/** What is known of a delivery, every attempt of it, and the way to send it again. */
export function DeliveryDetail({ id, onOpen }: { id: number; onOpen: (id: number) => void }) {
  const { data: delivery, error, refetch } = useQuery(deliveryQuery(id));
  const again = useMutation({
    mutationFn: () => answerOf(client.POST('/deliveries/{id}/redeliver', { params: { path: { id } } })),
    onSuccess: (made) => {
      toast({ title: `Sent again as delivery ${made.id}` });
      void queryClient.resetQueries({ queryKey: ['deliveries'] });
      onOpen(made.id);
    },
    onError: toastProblem,
  });
  if (error) return <ProblemState error={error} onRetry={() => void refetch()} />;
  if (!delivery) return <ProgressBar label="Loading the delivery" />;
  return (
    <div className="space-y-4">
      <DeliveryAttempts delivery={delivery} />
      {delivery.status !== 'pending' && (
        <Button size="small" disabled={again.isPending} onClick={() => again.mutate()}>
          Send again
        </Button>
      )}
      <FieldsOrJson value={delivery}>
        <Fields
          label="Delivery"
          fields={[
            ['Channel', <ChannelName key="channel" id={delivery.channel_id} />],
            ['Kind', delivery.kind],
            ['About', <SubjectLink key="subject" subject={delivery.subject} />],
            [
              'Key',
              <span key="key" className="break-all">
                {delivery.key}
              </span>,
            ],
            ['Made', <TimeText key="made" time={delivery.created_at} />],
            ['Over', delivery.finished_at && <TimeText key="over" time={delivery.finished_at} />],
            ['Tried until', <TimeText key="until" time={delivery.expires_at} />],
          ]}
        />
      </FieldsOrJson>
    </div>
  );
}
