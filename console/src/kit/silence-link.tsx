import { Link } from '@tanstack/react-router';
import { BellOff } from 'lucide-react';
import { useMay } from '../session/use-self.ts';
import { buttonClasses } from '../ui/button.tsx';

/** The way to silence events like this one, for those who may. */
export function SilenceLink({ event: { source, event_type } }: { event: { source: string; event_type: string } }) {
  const mayManage = useMay()('silence.manage');
  if (!mayManage) return null;
  return (
    <Link to="/admin/silences" search={{ new: true, source, event_type }} className={buttonClasses({ size: 'small' })}>
      <BellOff aria-hidden className="size-4" />
      Silence
    </Link>
  );
}
