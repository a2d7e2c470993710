import { ValidationError } from '../core/errors.ts';
import { isLong, MIN_PASSWORD, type User } from './contract.ts';

/** What the contract cannot know of a new password: whether a second factor excuses eight characters; the username. */
export function requireStrength(user: User, { password, pointer }: { password: string; pointer: string }): void {
  if (!isLong(MIN_PASSWORD)(password) && !user.totpEnabledAt) {
    throw new ValidationError([{ pointer, detail: `must have at least ${MIN_PASSWORD} characters without 2FA` }]);
  }
  if (password.toLowerCase() === user.username) {
    throw new ValidationError([{ pointer, detail: 'must not be the username' }]);
  }
}
