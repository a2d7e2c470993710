import { z } from '@hono/zod-openapi';
import { USER_ROLES } from '../core/actor.ts';
import { email, oneOf, rfc3339, username } from '../http/fields.ts';
import type { users } from './table.ts';

export const credentials = z
  .strictObject({
    username,
    password: z.string().min(1).max(1024),
  })
  .openapi('Credentials', { example: { username: 'admin', password: 'correct horse battery staple' } });

export type Credentials = z.output<typeof credentials>;

export const refreshInput = z
  .strictObject({ refresh: z.string().min(1).max(200) })
  .openapi('RefreshInput', { example: { refresh: 'wNnJ3kTg6d0dZx7m2cXq5A.b8tq0mB1yJkC3v9Zs4rWfQ' } });

export const tokenPair = z
  .strictObject({
    access: z.string().openapi({ description: 'A JWT (HS256). Send it as `Authorization: Bearer …`.' }),
    refresh: z.string().openapi({ description: 'Works once, at `/token/refresh`.' }),
    token_type: z.literal('Bearer'),
    expires_in: z.number().int().openapi({ description: 'Seconds until `access` expires.' }),
  })
  .openapi('TokenPair');

export const newUser = z
  .strictObject({
    username,
    password: z
      .string()
      .min(12, 'must have at least 12 characters')
      .max(1024)
      .openapi({ description: 'At least 12 characters, of any kind.' }),
    role: oneOf(USER_ROLES),
    email: email.optional(),
  })
  .openapi('NewUser', {
    example: { username: 'night-shift', password: 'correct horse battery staple', role: 'analyst' },
  });

export type NewUser = z.output<typeof newUser>;

export const userView = z
  .strictObject({
    id: z.number().int(),
    username: z.string(),
    email: z.string().nullable(),
    role: z.enum(USER_ROLES),
    disabled: z.boolean(),
    created_at: rfc3339,
    last_login_at: rfc3339.nullable(),
  })
  .openapi('User');

export type User = typeof users.$inferSelect;

export function viewUser(user: User): z.output<typeof userView> {
  return {
    id: user.id,
    username: user.username,
    email: user.email,
    role: user.role,
    disabled: user.disabled,
    created_at: user.createdAt.toISOString(),
    last_login_at: user.lastLoginAt?.toISOString() ?? null,
  };
}
