import type { Schemas } from '../api/schema.ts';
import { OneTimeText } from '../kit/one-time-text.tsx';
import { TimeText } from '../kit/time-text.tsx';
import { Button } from '../ui/button.tsx';

type Props = { label: string; link: Schemas['AccountLink']; onDone: () => void };

/** A link that was made just now. Nothing but its button closes what it stands in, so it is not lost by a slip. */
export function LinkShown({ label, link, onDone }: Props) {
  return (
    <div className="space-y-4">
      <OneTimeText label={label} text={link.link} />
      <p className="text-muted">
        Good for one use. Ends <TimeText time={link.expires_at} />.
      </p>
      <div className="flex justify-end">
        <Button look="primary" onClick={onDone}>
          Done
        </Button>
      </div>
    </div>
  );
}
