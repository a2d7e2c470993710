import { ConflictError } from '../core/errors.ts';
import { isUniqueViolation } from '../db/faults.ts';

/** What a failed insert or update of a view means: its owner has another of this name. */
export function refuseTakenName(error: unknown): never {
  if (isUniqueViolation(error)) throw new ConflictError('There is a view of this name on this screen.');
  throw error;
}
