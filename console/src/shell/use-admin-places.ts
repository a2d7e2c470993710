import { useMay } from '../session/use-self.ts';
import { ADMIN_PLACES } from './admin-places.ts';

/** The pages below Admin that this person may see. Some are not only for admins: analysts silence, everybody reads. */
export function useAdminPlaces() {
  const may = useMay();
  return ADMIN_PLACES.filter(({ permission }) => may(permission));
}
