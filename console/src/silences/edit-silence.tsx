import { useQuery } from '@tanstack/react-query';
import { Dialog } from '../ui/dialog.tsx';
import { ProblemState } from '../ui/problem-state.tsx';
import { SilenceDialog } from './silence-dialog.tsx';
import { silenceQuery } from './silence-queries.ts';

/** The form of a silence that its address names, whichever state the list shows. */
export function EditSilence({ id, onClose }: { id: number; onClose: () => void }) {
  const { data, error } = useQuery(silenceQuery(id));
  if (!data && !error) return null;
  if (data && data.state !== 'ended') {
    return <SilenceDialog key={id} silence={data} about={{}} onSaved={onClose} onClose={onClose} />;
  }
  return (
    <Dialog title={`Silence ${id}`} onClose={onClose}>
      {data ? 'It has ended, so it cannot be changed any more.' : <ProblemState error={error} />}
    </Dialog>
  );
}
