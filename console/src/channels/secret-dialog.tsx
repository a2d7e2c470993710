import { OneTimeText } from '../kit/one-time-text.tsx';
import { TimeText } from '../kit/time-text.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

/** The secret of a webhook, and until when the one before it is good, if there was one. */
export type NewSecret = { name: string; secret: string; previousUntil?: string };

/** Shows a secret this once. It closes only when the person says so. */
export function SecretDialog({ secret, onClose }: { secret: NewSecret; onClose: () => void }) {
  return (
    <Dialog title={`The secret of ${secret.name}`} description="It signs what is sent.">
      <div className="space-y-4">
        <OneTimeText label="Secret" text={secret.secret} />
        {secret.previousUntil && (
          <p className="text-muted">
            The one before it ends <TimeText time={secret.previousUntil} />.
          </p>
        )}
        <div className="flex justify-end">
          <Button look="primary" onClick={onClose}>
            I have stored it
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
