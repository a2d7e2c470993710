import { z } from '@hono/zod-openapi';

export const signInOptions = z
  .strictObject({ sso: z.boolean().openapi({ description: 'Whether `/auth/sso` leads to an issuer.' }) })
  .openapi('SignInOptions');

export const ssoStart = z.strictObject({
  // A path of the console and no other address, or this would be a springboard.
  from: z
    .string()
    .max(500)
    .regex(/^\/(?![/\\])[\x21-\x7e]*$/, 'must be a path of the console')
    .default('/')
    .openapi({ description: 'The page of the console to go to afterwards.', example: '/alerts?status=open' }),
});

const text = z.string().max(4096).optional();

/** What the issuer adds to the address. It may add more than we know. */
export const ssoReturn = z.object({
  state: text.openapi({ description: 'As it was sent there.' }),
  code: text.openapi({ description: 'Good for one ID token; missing where the issuer refused.' }),
});
