import { z } from 'zod';

const seconds = z.string().regex(/^\d+$/).transform(Number).pipe(z.number().int().min(1));

const settingsSchema = z.object({
  JWT_SECRET: z.string().min(32, 'at least 32 characters'),
  TOKEN_ISSUER: z.string().min(1),
  TOKEN_AUDIENCE: z.string().min(1),
  ACCESS_TOKEN_SECONDS: seconds,
  REFRESH_TOKEN_DAYS: seconds,
  CORS_ORIGINS: z.string().transform((list) =>
    list
      .split(',')
      .map((origin) => origin.trim())
      .filter(Boolean),
  ),
});

const cache = new WeakMap<object, Settings>();

export type Settings = {
  jwtSecret: string;
  tokenIssuer: string;
  tokenAudience: string;
  accessTokenSeconds: number;
  refreshTokenDays: number;
  /** Origins that may call the API from a browser: compared whole, no patterns. */
  corsOrigins: string[];
};

/** The settings of `wrangler.toml` and the secrets, checked once per isolate; throws when one is missing or malformed. */
export function settingsOf(env: Env): Settings {
  const known = cache.get(env);
  if (known) return known;
  const parsed = settingsSchema.parse(env);
  const settings = {
    jwtSecret: parsed.JWT_SECRET,
    tokenIssuer: parsed.TOKEN_ISSUER,
    tokenAudience: parsed.TOKEN_AUDIENCE,
    accessTokenSeconds: parsed.ACCESS_TOKEN_SECONDS,
    refreshTokenDays: parsed.REFRESH_TOKEN_DAYS,
    corsOrigins: parsed.CORS_ORIGINS,
  };
  cache.set(env, settings);
  return settings;
}
