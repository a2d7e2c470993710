import type { Settings } from '../core/settings.ts';

type Value = string | number | boolean | string[];

/** A setting: the variable of `wrangler.toml` that changes it, or the secret, and what the README says of it. */
type Described = { name: string; description: string; of: (settings: Settings) => Value | undefined; secret?: boolean };

/** Every setting, in groups. */
export const SETTINGS: { name: string; settings: Described[] }[] = [
  {
    name: 'Sign-in',
    settings: [
      {
        name: 'REGISTRATION',
        of: (s) => s.registration,
        description: 'who may register: `open` (as a member), `invite`, `closed`',
      },
      { name: 'LINK_HOURS', of: (s) => s.linkHours, description: 'life of an invitation or a reset link' },
      {
        name: 'ADMIN_TOTP_REQUIRED',
        of: (s) => s.adminTotpRequired,
        description: '`true`: an admin without 2FA can do nothing but enrol it',
      },
      { name: 'ACCESS_TOKEN_SECONDS', of: (s) => s.accessTokenSeconds, description: 'life of an access token' },
      {
        name: 'REFRESH_TOKEN_DAYS',
        of: (s) => s.refreshTokenDays,
        description: 'a session that is not used for so long ends',
      },
      {
        name: 'SESSION_DAYS',
        of: (s) => s.sessionDays,
        description: 'a session ends after so long, however much it is used',
      },
      {
        name: 'TOKEN_ISSUER',
        of: (s) => s.tokenIssuer,
        description: '`iss` of access tokens; a token with another is refused',
      },
      {
        name: 'TOKEN_AUDIENCE',
        of: (s) => s.tokenAudience,
        description: '`aud` of access tokens; a token with another is refused',
      },
      {
        name: 'CORS_ORIGINS',
        of: (s) => s.corsOrigins,
        description: 'origins whose pages may call the API, separated by commas, compared whole',
      },
      {
        name: 'JWT_SECRET',
        of: (s) => s.jwtSecret,
        secret: true,
        description: 'signs access tokens and encrypts the secrets of TOTP and of channels; at least 32 characters',
      },
    ],
  },
  {
    name: 'Single sign-on',
    settings: [
      { name: 'OIDC_ISSUER', of: (s) => s.oidc.issuer, description: 'accept tokens of this issuer too' },
      { name: 'OIDC_AUDIENCE', of: (s) => s.oidc.audience, description: 'for whom its tokens are' },
      { name: 'OIDC_JWKS_URL', of: (s) => address(s.oidc.jwksUrl), description: 'where its keys are' },
      { name: 'OIDC_USERNAME_CLAIM', of: (s) => s.oidc.usernameClaim, description: 'which claim names a person' },
      { name: 'OIDC_ROLE_CLAIM', of: (s) => s.oidc.roleClaim, description: 'which claim ranks a person' },
      { name: 'OIDC_ROLES', of: (s) => s.oidc.roles, description: '`soc:analyst,it-admins:admin` maps theirs to ours' },
      {
        name: 'OIDC_CLIENT_ID',
        of: (s) => s.oidc.clientId,
        description: 'as whom the console asks the issuer to sign people in',
      },
      {
        name: 'OIDC_CLIENT_SECRET',
        of: (s) => s.oidc.clientSecret,
        secret: true,
        description: 'proves to the issuer that it is the client who asks',
      },
      { name: 'OIDC_SCOPE', of: (s) => s.oidc.scope, description: 'what the issuer is asked to tell of a person' },
    ],
  },
  {
    name: 'Limits',
    settings: [
      {
        name: 'LIMIT_SENSOR_REQUESTS',
        of: (s) => s.limits.sensorRequests,
        description: 'requests a minute, by sensor',
      },
      {
        name: 'LIMIT_SENSOR_EVENTS',
        of: (s) => s.limits.sensorEvents,
        description: 'events a minute, by sensor; a batch counts each event',
      },
      { name: 'LIMIT_USER_REQUESTS', of: (s) => s.limits.userRequests, description: 'a minute, by user' },
      {
        name: 'LIMIT_ADDRESS_REQUESTS',
        of: (s) => s.limits.addressRequests,
        description: 'a minute, by address (IPv6: /64), for those without good credentials',
      },
      {
        name: 'LIMIT_SIGN_INS',
        of: (s) => s.limits.signIns,
        description: 'sign-ins and refreshes a minute, by address; raise it for an office behind one address',
      },
    ],
  },
  {
    name: 'What is kept',
    settings: [
      {
        name: 'EVENT_RETENTION_DAYS',
        of: (s) => s.eventRetentionDays,
        description: 'days after which events move to the cold store; `0` for never',
      },
      {
        name: 'INCIDENT_ARCHIVE_DAYS',
        of: (s) => s.incidents.archiveDays,
        description: 'days after which a resolved incident is archived',
      },
      {
        name: 'INCIDENT_PURGE_DAYS',
        of: (s) => s.incidents.purgeDays,
        description: 'days for which a deleted incident can be restored',
      },
      { name: 'EVIDENCE_MAX_BYTES', of: (s) => s.evidence.maxBytes, description: 'bytes of one file' },
      {
        name: 'EVIDENCE_INCIDENT_BYTES',
        of: (s) => s.evidence.incidentBytes,
        description: 'bytes of all files of an incident',
      },
      {
        name: 'EVIDENCE_USER_BYTES',
        of: (s) => s.evidence.userBytes,
        description: 'bytes of all files that a person uploaded',
      },
      {
        name: 'SENSOR_KEY_OVERLAP_HOURS',
        of: (s) => s.sensorKeyOverlapHours,
        description: 'hours for which the key before a rotation keeps working',
      },
      {
        name: 'AUDIT_SIGNING_KEY',
        of: (s) => s.auditSigningKey,
        secret: true,
        description: 'Ed25519 private key (PKCS #8, base64) that signs the seals of the audit log',
      },
    ],
  },
  {
    name: 'Notifications',
    settings: [
      {
        name: 'PUBLIC_URL',
        of: (s) => s.publicUrl,
        description:
          'where people open the console, such as `https://edgewatch.example.com`; notifications link to it, and without it to nothing',
      },
      {
        name: 'CHANNEL_TRUSTED_HOSTS',
        of: (s) => s.deliveries.trustedHosts,
        description:
          'hosts with their port, `bridge.lan:8080`, that channels reach past the guard of notifications: only hosts that may be told anything',
      },
      {
        name: 'DNS_RESOLVER_URL',
        of: (s) => address(s.deliveries.dnsResolverUrl),
        description: "DNS over HTTPS (JSON) by which channels' names are looked up before each attempt",
      },
      {
        name: 'EMAIL_FROM',
        of: (s) => s.email.from,
        description: 'the address that e-mail comes from; without it there are no e-mail channels',
      },
      {
        name: 'EMAIL_HTTP_URL',
        of: (s) => address(s.email.httpUrl),
        description: 'a provider that sends what the platform does not: JSON by POST',
      },
      {
        name: 'EMAIL_HTTP_TOKEN',
        of: (s) => s.email.httpToken,
        secret: true,
        description: 'what that provider knows us by, as bearer',
      },
      {
        name: 'PAGERDUTY_URL',
        of: (s) => address(s.pagerdutyUrl),
        description: "for PagerDuty's EU region `https://events.eu.pagerduty.com/v2/enqueue`",
      },
      {
        name: 'SECURITY_CONTACT',
        of: (s) => s.securityContact,
        description: 'whom `/.well-known/security.txt` names, such as `mailto:security@example.com`',
      },
    ],
  },
];

/** An address without what may be a secret in it: name, password and query. */
function address(url: string): string {
  const parsed = URL.parse(url);
  return parsed ? parsed.origin + parsed.pathname : '';
}
