import { z } from '@hono/zod-openapi';
import type { Settings } from '../core/settings.ts';
import { SETTINGS } from './describe-settings.ts';

const settingView = z
  .strictObject({
    name: z.string().openapi({ description: 'The variable of `wrangler.toml` that changes it, or the secret.' }),
    description: z.string().openapi({ description: 'As in the README; Markdown.' }),
    secret: z.boolean().openapi({ description: 'Changed by `wrangler secret put`, and never shown.' }),
    set: z.boolean().openapi({ description: 'Whether it has a value.' }),
    value: z
      .union([z.string(), z.number(), z.boolean(), z.array(z.string())])
      .nullable()
      .openapi({
        description: 'What is in force; null for a secret. Addresses come without name, password and query.',
      }),
  })
  .openapi('Setting', {
    example: {
      name: 'ACCESS_TOKEN_SECONDS',
      description: 'life of an access token',
      secret: false,
      set: true,
      value: 900,
    },
  });

export const settingsView = z
  .strictObject({ groups: z.array(z.strictObject({ name: z.string(), settings: z.array(settingView) })) })
  .openapi('Settings');

export function viewSettings(settings: Settings): z.output<typeof settingsView> {
  return { groups: SETTINGS.map(({ name, settings: some }) => ({ name, settings: some.map(viewOf(settings)) })) };
}

type Described = (typeof SETTINGS)[number]['settings'][number];

function viewOf(settings: Settings) {
  return ({ name, description, secret = false, of }: Described): z.output<typeof settingView> => {
    const value = of(settings);
    const isEmpty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
    return { name, description, secret, set: !isEmpty, value: secret ? null : (value ?? null) };
  };
}
