import { z } from '@hono/zod-openapi';
import { rfc3339, username } from '../http/fields.ts';
import type { sessions } from './table.ts';

const password = z.string().min(1).max(1024);

const otp = z
  .string()
  .trim()
  .max(40)
  .openapi({ description: 'Six digits of the authenticator app, or a recovery code.', example: '123456' });

export const credentials = z
  .strictObject({
    username,
    password,
    otp: otp.optional(),
    browser: z.boolean().default(false).openapi({
      description: 'Put the refresh token into a `__Host-` cookie that scripts cannot read, instead of the body.',
    }),
  })
  .openapi('Credentials', { example: { username: 'admin', password: 'correct horse battery staple' } });

export type Credentials = z.output<typeof credentials>;

export const refreshInput = z
  .strictObject({
    refresh: z.string().min(1).max(200).optional().openapi({ description: 'Left out in browser mode.' }),
  })
  .openapi('RefreshInput', { example: { refresh: 'wNnJ3kTg6d0dZx7m2cXq5A.b8tq0mB1yJkC3v9Zs4rWfQ' } });

export const tokenPair = z
  .strictObject({
    access: z.string().openapi({ description: 'A JWT (HS256). Send it as `Authorization: Bearer …`.' }),
    refresh: z
      .string()
      .nullable()
      .openapi({ description: 'Works once, at `/token/refresh`. Null in browser mode: it is in the cookie.' }),
    token_type: z.literal('Bearer'),
    expires_in: z.number().int().openapi({ description: 'Seconds until `access` expires.' }),
  })
  .openapi('TokenPair');

export const sessionView = z
  .strictObject({
    id: z.number().int(),
    current: z.boolean().openapi({ description: 'Whether this request belongs to it.' }),
    created_at: rfc3339,
    refreshed_at: rfc3339,
    expires_at: rfc3339,
    ip: z.string().nullable(),
    user_agent: z.string().nullable(),
  })
  .openapi('Session');

export const sessionList = z.strictObject({ data: z.array(sessionView) }).openapi('SessionList');

export const reauthentication = z
  .strictObject({ password, otp: otp.optional() })
  .openapi('Reauthentication', { example: { password: 'correct horse battery staple' } });

export type Reauthentication = z.output<typeof reauthentication>;

export const totpEnrolment = z
  .strictObject({
    secret: z.string().openapi({ description: 'Base32, for typing in.' }),
    uri: z.string().openapi({ description: '`otpauth://…`' }),
    qr: z.string().openapi({ description: 'The same as an SVG image.' }),
  })
  .openapi('TotpEnrolment');

export const totpConfirmation = z.strictObject({ otp }).openapi('TotpConfirmation', { example: { otp: '123456' } });

export const recoveryCodesView = z
  .strictObject({ recovery_codes: z.array(z.string()).openapi({ description: 'Shown this once; each works once.' }) })
  .openapi('RecoveryCodes');

export type Session = typeof sessions.$inferSelect;

export function viewSession(session: Session, currentId: number | null): z.output<typeof sessionView> {
  return {
    id: session.id,
    current: session.id === currentId,
    created_at: session.createdAt.toISOString(),
    refreshed_at: session.refreshedAt.toISOString(),
    expires_at: session.expiresAt.toISOString(),
    ip: session.ip,
    user_agent: session.userAgent,
  };
}
