import { useMutation } from '@tanstack/react-query';
import { answerOf, client } from '../api/client.ts';
import type { Schemas } from '../api/schema.ts';
import { RecoveryCodes } from '../session/recovery-codes.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ReauthenticationForm } from './reauthentication-form.tsx';

/** New recovery codes for old ones. The window stays until the person says that the new ones are kept. */
export function RecoveryCodesDialog({ onClose }: { onClose: () => void }) {
  const renew = useMutation({
    mutationFn: (body: Schemas['Reauthentication']) => answerOf(client.POST('/auth/totp/recovery-codes', { body })),
  });
  if (renew.data) {
    return (
      <Dialog title="Your new recovery codes">
        <RecoveryCodes codes={renew.data.recovery_codes} onDone={onClose} />
      </Dialog>
    );
  }
  return (
    <Dialog title="New recovery codes" description="The earlier ones stop working." onClose={onClose}>
      <ReauthenticationForm action="Make new codes" attempt={renew} />
    </Dialog>
  );
}
