import { useSelf } from '../session/use-self.ts';
import { DESTINATIONS } from './destinations.ts';

/** The places that this person may go. */
export function useDestinations() {
  const { role } = useSelf();
  return DESTINATIONS.filter((destination) => role === 'admin' || !('adminOnly' in destination));
}
