import { useMutation } from '@tanstack/react-query';
import { answerOf, client } from '../api/client.ts';
import { Button } from '../ui/button.tsx';
import type { Channel } from './channel-queries.ts';
import { TestDialog } from './test-dialog.tsx';

/** Sends a test by a channel, and shows what came back. */
export function TestButton({ channel: { id, name, enabled } }: { channel: Channel }) {
  const test = useMutation({
    mutationFn: () => answerOf(client.POST('/channels/{id}/test', { params: { path: { id } } })),
  });
  return (
    <>
      <Button size="small" disabled={!enabled} aria-label={`Test ${name}`} onClick={() => test.mutate()}>
        Test
      </Button>
      {!test.isIdle && <TestDialog name={name} test={test} onClose={test.reset} />}
    </>
  );
}
