import { ConflictError } from '../core/errors.ts';
import { isUniqueViolation } from '../db/faults.ts';

/** What a failed insert or update of a channel means: its name is another's. */
export function refuseTakenName(error: unknown): never {
  if (isUniqueViolation(error)) throw new ConflictError('There is a channel of this name.');
  throw error;
}
