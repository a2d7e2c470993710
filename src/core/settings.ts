import { z } from 'zod';

const whole = z.string().regex(/^\d+$/).transform(Number).pipe(z.number().int().min(1));

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
);

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

const settingsSchema = z.object({
  JWT_SECRET: z.string().min(32, 'at least 32 characters'),
  AUDIT_SIGNING_KEY: z.string().min(1),
  TOKEN_ISSUER: z.string().min(1),
  TOKEN_AUDIENCE: z.string().min(1),
  ACCESS_TOKEN_SECONDS: whole,
  REFRESH_TOKEN_DAYS: whole,
  SESSION_DAYS: whole,
  CORS_ORIGINS: list,
  REGISTRATION: z.enum(['open', 'invite', 'closed']),
  LINK_HOURS: whole,
  ADMIN_TOTP_REQUIRED: flag,
  OIDC_ISSUER: z.string(),
  OIDC_AUDIENCE: z.string(),
  OIDC_JWKS_URL: z.string(),
  OIDC_USERNAME_CLAIM: z.string().min(1),
  OIDC_ROLE_CLAIM: z.string().min(1),
  OIDC_ROLES: list,
  OIDC_CLIENT_ID: z.string(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_SCOPE: z.string(),
  SENSOR_KEY_OVERLAP_HOURS: whole,
  LIMIT_SENSOR_REQUESTS: whole,
  LIMIT_SENSOR_EVENTS: whole,
  LIMIT_USER_REQUESTS: whole,
  LIMIT_ADDRESS_REQUESTS: whole,
  LIMIT_SIGN_INS: whole,
  EVENT_RETENTION_DAYS: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number),
  INCIDENT_ARCHIVE_DAYS: whole,
  INCIDENT_PURGE_DAYS: whole,
  EVIDENCE_MAX_BYTES: whole,
  EVIDENCE_INCIDENT_BYTES: whole,
  EVIDENCE_USER_BYTES: whole,
  SECURITY_CONTACT: z.string(),
  CHANNEL_TRUSTED_HOSTS: list,
  DNS_RESOLVER_URL: z.string().min(1),
  PUBLIC_URL: z.string().regex(/^$|^https?:\/\/\S+$/, 'a URL, or nothing'),
  EMAIL_FROM: z.union([z.literal(''), z.email()]),
  EMAIL_HTTP_URL: z.string(),
  EMAIL_HTTP_TOKEN: z.string().optional(),
  PAGERDUTY_URL: z.string().regex(/^https?:\/\/\S+$/, 'a URL'),
});

const cache = new WeakMap<object, Settings>();

export type Settings = {
  jwtSecret: string;
  tokenIssuer: string;
  tokenAudience: string;
  accessTokenSeconds: number;
  /** A session that is not used for so long ends. */
  refreshTokenDays: number;
  /** Every session ends after so long, however much it is used. */
  sessionDays: number;
  /** Origins that may call the API from a browser: compared whole, no patterns. */
  corsOrigins: string[];
  /** Ed25519 private key (PKCS #8, base64) that signs the seals of the audit log. */
  auditSigningKey: string;
  registration: 'open' | 'invite' | 'closed';
  /** How long an invitation or a reset is good. */
  linkHours: number;
  adminTotpRequired: boolean;
  /** Tokens of another issuer; off while `issuer` is empty. `roles` maps its roles to ours: `soc:analyst`. */
  oidc: {
    issuer: string;
    audience: string;
    jwksUrl: string;
    usernameClaim: string;
    roleClaim: string;
    roles: string[];
    /** As whom this instance asks the issuer to sign people in; there is no such sign-in without both. */
    clientId: string;
    clientSecret: string | undefined;
    scope: string;
  };
  sensorKeyOverlapHours: number;
  /** A URI such as `mailto:security@example.com`, for security.txt. */
  securityContact: string;
  /** Days after which events move to the cold store; 0 for never. */
  eventRetentionDays: number;
  /** Days after which a resolved incident is archived, and a deleted one is purged. */
  incidents: { archiveDays: number; purgeDays: number };
  /** Bytes that one file, one incident's files and one person's files may have. */
  evidence: { maxBytes: number; incidentBytes: number; userBytes: number };
  /** Hosts with their port (`bridge.lan:8080`) that channels may reach past the guard, and who resolves all other names. */
  deliveries: { trustedHosts: string[]; dnsResolverUrl: string };
  /** Where people find the console, without a slash at its end; empty when nobody said. */
  publicUrl: string;
  /** The sender of e-mail (empty: there is none), and the provider that sends what the platform does not. */
  email: { from: string; httpUrl: string; httpToken: string | undefined };
  pagerdutyUrl: string;
  /** Quotas per minute. */
  limits: {
    sensorRequests: number;
    sensorEvents: number;
    userRequests: number;
    addressRequests: number;
    signIns: number;
  };
};

/** The settings of `wrangler.toml` and the secrets, checked once per isolate; throws when one is missing or malformed. */
export function settingsOf(env: Env): Settings {
  const known = cache.get(env);
  if (known) return known;
  const settings = toSettings(settingsSchema.parse(env));
  cache.set(env, settings);
  return settings;
}

function toSettings(parsed: z.output<typeof settingsSchema>): Settings {
  return {
    jwtSecret: parsed.JWT_SECRET,
    auditSigningKey: parsed.AUDIT_SIGNING_KEY,
    tokenIssuer: parsed.TOKEN_ISSUER,
    tokenAudience: parsed.TOKEN_AUDIENCE,
    accessTokenSeconds: parsed.ACCESS_TOKEN_SECONDS,
    refreshTokenDays: parsed.REFRESH_TOKEN_DAYS,
    sessionDays: parsed.SESSION_DAYS,
    corsOrigins: parsed.CORS_ORIGINS,
    registration: parsed.REGISTRATION,
    linkHours: parsed.LINK_HOURS,
    adminTotpRequired: parsed.ADMIN_TOTP_REQUIRED,
    oidc: oidcOf(parsed),
    sensorKeyOverlapHours: parsed.SENSOR_KEY_OVERLAP_HOURS,
    securityContact: parsed.SECURITY_CONTACT,
    eventRetentionDays: parsed.EVENT_RETENTION_DAYS,
    incidents: { archiveDays: parsed.INCIDENT_ARCHIVE_DAYS, purgeDays: parsed.INCIDENT_PURGE_DAYS },
    evidence: {
      maxBytes: parsed.EVIDENCE_MAX_BYTES,
      incidentBytes: parsed.EVIDENCE_INCIDENT_BYTES,
      userBytes: parsed.EVIDENCE_USER_BYTES,
    },
    deliveries: {
      trustedHosts: parsed.CHANNEL_TRUSTED_HOSTS.map((host) => host.toLowerCase()),
      dnsResolverUrl: parsed.DNS_RESOLVER_URL,
    },
    publicUrl: parsed.PUBLIC_URL.replace(/\/+$/, ''),
    email: { from: parsed.EMAIL_FROM, httpUrl: parsed.EMAIL_HTTP_URL, httpToken: parsed.EMAIL_HTTP_TOKEN },
    pagerdutyUrl: parsed.PAGERDUTY_URL,
    limits: {
      sensorRequests: parsed.LIMIT_SENSOR_REQUESTS,
      sensorEvents: parsed.LIMIT_SENSOR_EVENTS,
      userRequests: parsed.LIMIT_USER_REQUESTS,
      addressRequests: parsed.LIMIT_ADDRESS_REQUESTS,
      signIns: parsed.LIMIT_SIGN_INS,
    },
  };
}

function oidcOf(parsed: z.output<typeof settingsSchema>): Settings['oidc'] {
  return {
    issuer: parsed.OIDC_ISSUER,
    audience: parsed.OIDC_AUDIENCE,
    jwksUrl: parsed.OIDC_JWKS_URL,
    usernameClaim: parsed.OIDC_USERNAME_CLAIM,
    roleClaim: parsed.OIDC_ROLE_CLAIM,
    roles: parsed.OIDC_ROLES,
    clientId: parsed.OIDC_CLIENT_ID,
    clientSecret: parsed.OIDC_CLIENT_SECRET,
    scope: parsed.OIDC_SCOPE,
  };
}
