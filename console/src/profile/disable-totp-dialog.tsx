import { useMutation } from '@tanstack/react-query';
import { client } from '../api/client.ts';
import type { Schemas } from '../api/schema.ts';
import { toast } from '../shell/toast.ts';
import { Dialog } from '../ui/dialog.tsx';
import { ReauthenticationForm } from './reauthentication-form.tsx';

type Props = { onDone: () => unknown; onClose: () => void };

/** Asks for password and code before 2FA is turned off. */
export function DisableTotpDialog({ onDone, onClose }: Props) {
  const disable = useMutation({
    mutationFn: (body: Schemas['Reauthentication']) => client.POST('/auth/totp/disable', { body }),
    onSuccess: () => {
      toast({ title: 'Two-factor sign-in is off' });
      return onDone();
    },
  });
  return (
    <Dialog
      title="Turn two-factor sign-in off?"
      description="The password alone will let you in, and the recovery codes stop working."
      onClose={onClose}
    >
      <ReauthenticationForm action="Turn off" dangerous attempt={disable} />
    </Dialog>
  );
}
