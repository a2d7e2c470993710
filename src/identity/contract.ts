import { z } from '@hono/zod-openapi';
import { USER_ROLES } from '../core/actor.ts';
import { email, oneOf, rfc3339, username } from '../http/fields.ts';
import { pageOf, pagingQuery } from '../http/pagination.ts';
import { NO_PASSWORD } from './password.ts';
import type { accountLinks, users } from './table.ts';

const role = oneOf(USER_ROLES);

/** The least length of a new password: NIST SP 800-63B-4 and OWASP ASVS 5.0 ask for 8 beside a second factor. */
export const MIN_PASSWORD = 12;
const MIN_PASSWORD_WITH_TOTP = 8;

/** Whether a password has so many characters, as people count them: an emoji is one. */
export function isLong(least: number) {
  return (password: string): boolean => [...password].length >= least;
}

/**
 * A password that is being set. Eight characters are let through here and refused by the operation where no second
 * factor stands beside them, and so are the commonest passwords. Long ones are never cut.
 */
export const newPassword = z
  .string()
  .max(1024)
  .refine(
    isLong(MIN_PASSWORD_WITH_TOTP),
    `must have at least ${MIN_PASSWORD} characters, or ${MIN_PASSWORD_WITH_TOTP} with 2FA`,
  )
  .openapi({ description: `At least ${MIN_PASSWORD} characters of any kind (${MIN_PASSWORD_WITH_TOTP} with 2FA).` });

/** A new password where there is no second factor yet. */
export const firstPassword = newPassword.refine(isLong(MIN_PASSWORD), `must have at least ${MIN_PASSWORD} characters`);

/** The one word that every guess starts with. */
const isNotTheName = ({ username: name, password }: { username: string; password: string }) =>
  password.toLowerCase() !== name;
const NAME_FAULT = { path: ['password'], error: 'must not be the username' };

const GOOD_PASSWORD = 'correct horse battery staple';

export const newUser = z
  .strictObject({ username, password: firstPassword, role, email: email.optional() })
  .refine(isNotTheName, NAME_FAULT)
  .openapi('NewUser', { example: { username: 'night-shift', password: GOOD_PASSWORD, role: 'analyst' } });

export type NewUser = z.output<typeof newUser>;

export const registration = z
  .strictObject({
    username,
    password: firstPassword,
    email: email.optional(),
    invitation: z.string().max(100).optional().openapi({ description: 'The token of an invitation.' }),
  })
  .refine(isNotTheName, NAME_FAULT)
  .openapi('Registration', { example: { username: 'newcomer', password: GOOD_PASSWORD, invitation: 'ewi_…' } });

export type Registration = z.output<typeof registration>;

export const userPatch = z
  .strictObject({ role, disabled: z.boolean(), email: email.nullable() })
  .partial()
  .openapi('UserPatch', { example: { role: 'analyst' } });

export type UserPatch = z.output<typeof userPatch>;

export const selfPatch = z
  .strictObject({ email: email.nullable() })
  .openapi('SelfPatch', { example: { email: 'night-shift@example.com' } });

export const passwordChange = z
  .strictObject({ current_password: z.string().min(1).max(1024), new_password: newPassword })
  .openapi('PasswordChange', {
    example: { current_password: GOOD_PASSWORD, new_password: 'a longer passphrase than before' },
  });

export const passwordReset = z
  .strictObject({ token: z.string().min(1).max(100), password: newPassword })
  .openapi('PasswordReset', { example: { token: 'ewr_…', password: GOOD_PASSWORD } });

export const userView = z
  .strictObject({
    id: z.number().int(),
    username: z.string(),
    email: z.string().nullable(),
    role: z.enum(USER_ROLES),
    disabled: z.boolean(),
    totp_enabled: z.boolean(),
    external: z.boolean().openapi({ description: 'Another issuer signs them in: there is no password here.' }),
    created_at: rfc3339,
    last_login_at: rfc3339.nullable(),
  })
  .openapi('User');

export const userPage = pageOf(userView).openapi('UserPage');

export const userQuery = z.strictObject({
  ...pagingQuery(['created_at']),
  role: role.optional(),
  disabled: oneOf(['true', 'false'])
    .optional()
    .openapi({ description: 'Only those that are, or only those that are not.' }),
});

export type UserQuery = z.output<typeof userQuery>;

export const newInvitation = z
  .strictObject({ role: role.default('member'), email: email.optional() })
  .openapi('NewInvitation', { example: { role: 'analyst', email: 'newcomer@example.com' } });

export type NewInvitation = z.output<typeof newInvitation>;

export const invitationQuery = z.strictObject(pagingQuery(['created_at']));

export type InvitationQuery = z.output<typeof invitationQuery>;

export const invitationView = z
  .strictObject({
    id: z.number().int(),
    role: z.enum(USER_ROLES),
    email: z.string().nullable(),
    created_by: z.string().openapi({ description: 'As the audit log names who invited: `user:alice`.' }),
    created_at: rfc3339,
    expires_at: rfc3339,
  })
  .openapi('Invitation');

export const invitationPage = pageOf(invitationView).openapi('InvitationPage');

export const linkView = z
  .strictObject({
    id: z.number().int(),
    token: z.string().openapi({ description: 'Shown this once. Good for one use.' }),
    link: z.string().openapi({ description: 'For the console; the token stands behind `#`, so no server sees it.' }),
    expires_at: rfc3339,
  })
  .openapi('AccountLink');

export type User = typeof users.$inferSelect;
export type AccountLink = typeof accountLinks.$inferSelect;

export function viewUser(user: User): z.output<typeof userView> {
  return {
    id: user.id,
    username: user.username,
    email: user.email,
    role: user.role,
    disabled: user.disabled,
    totp_enabled: user.totpEnabledAt !== null,
    external: user.passwordHash === NO_PASSWORD,
    created_at: user.createdAt.toISOString(),
    last_login_at: user.lastLoginAt?.toISOString() ?? null,
  };
}

export function viewInvitation(link: AccountLink): z.output<typeof invitationView> {
  const { id, role, email, createdBy, createdAt, expiresAt } = link;
  return {
    id,
    role: role ?? 'member',
    email,
    created_by: createdBy,
    created_at: createdAt.toISOString(),
    expires_at: expiresAt.toISOString(),
  };
}

export function viewLink({ link, token, page }: { link: AccountLink; token: string; page: URL }) {
  return { id: link.id, token, link: `${page}#${token}`, expires_at: link.expiresAt.toISOString() };
}
