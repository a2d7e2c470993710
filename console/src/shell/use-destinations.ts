import { useSelf } from '../session/use-self.ts';
import { DESTINATIONS } from './destinations.ts';

/** The places that are for this person. */
export function useDestinations() {
  const { role } = useSelf();
  const left = role === 'admin' ? 'others' : 'admins';
  return DESTINATIONS.filter((destination) => !('for' in destination) || destination.for !== left);
}
