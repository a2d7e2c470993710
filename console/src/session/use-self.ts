import { useSuspenseQuery } from '@tanstack/react-query';
import { PERMISSIONS, type Permission } from '../../../src/identity/permissions.ts';
import { type Self, selfQuery } from './session.ts';

/** The person who is signed in. Loaded before any page below the shell. */
export function useSelf(): Self {
  return useSuspenseQuery(selfQuery).data;
}

/**
 * Whether their role has a permission, by the API's own table. It decides what is offered; the API decides what is
 * done.
 */
export function useMay(): (permission: Permission) => boolean {
  const { role } = useSelf();
  return (permission) => (PERMISSIONS[permission] as readonly string[]).includes(role);
}
