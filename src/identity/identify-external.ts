import { and, eq, lte, ne } from 'drizzle-orm';
import { auditChange, auditInsert } from '../audit/audit.ts';
import { type Person, USER_ROLES, type UserRole } from '../core/actor.ts';
import type { Context } from '../core/context.ts';
import { type Claims, verifyExternalToken } from '../http/external-token.ts';
import { username as usernameField } from '../http/fields.ts';
import { forgetPerson, recallPerson, rememberPerson } from './known-people.ts';
import { NO_PASSWORD } from './password.ts';
import { users } from './table.ts';

/** The person whom an access token of the external issuer names; null when it is not good. */
export async function identifyExternal(ctx: Context, token: string): Promise<Person | null> {
  const claims = await verifyExternalToken(ctx.settings, { token, audience: ctx.settings.oidc.audience });
  return claims && personOfClaims(ctx, claims);
}

/**
 * The person whom the external issuer vouches for, with the role that its claims map to. The first claims make the
 * account, later ones keep its role current. A local account of the same name stays out of reach: null, as for claims
 * that map to no role, or name a disabled account.
 */
export async function personOfClaims(ctx: Context, claims: Claims): Promise<Person | null> {
  // An address that its issuer has not verified is anybody's.
  if (claims.email_verified === false) return null;
  const { oidc } = ctx.settings;
  const username = usernameField.safeParse(claims[oidc.usernameClaim]);
  const role = roleOf(oidc.roles, claims[oidc.roleClaim]);
  if (!username.success || !role) return null;

  const now = ctx.clock();
  const credentials = `external:${username.data}:${role}`;
  const recalled = recallPerson(credentials, now);
  if (recalled) return recalled;
  const themselves = { role, userId: 0, username: username.data, sessionId: null, mustEnrolTotp: false };
  const issuedAt = new Date((claims.iat ?? 0) * 1000);
  const user = await provision({ ...ctx, actor: themselves }, { username: username.data, role, issuedAt });
  if (!user || user.disabled || user.passwordHash !== NO_PASSWORD) return null;
  forgetPerson(user.id);
  return rememberPerson(credentials, { person: { ...themselves, role: user.role, userId: user.id }, now });
}

/** The highest of our roles that one of the claim's values maps to. `roles` holds pairs such as `soc:analyst`. */
function roleOf(roles: string[], claim: unknown): UserRole | undefined {
  const theirs = new Set([claim].flat().filter((value) => typeof value === 'string'));
  const ours = new Set(
    roles.flatMap((pair) => {
      const at = pair.lastIndexOf(':');
      return theirs.has(pair.slice(0, at)) ? [pair.slice(at + 1)] : [];
    }),
  );
  return USER_ROLES.find((role) => ours.has(role));
}

type Provision = { username: string; role: UserRole; issuedAt: Date };

/** Makes the account, or brings its role up to this token, unless a later one has spoken. */
async function provision(ctx: Context, { username, role, issuedAt }: Provision) {
  const [known] = await ctx.db.select().from(users).where(eq(users.username, username));
  if (known && (known.role === role || known.passwordHash !== NO_PASSWORD)) return known;
  const target = `user:${username}`;
  const outdated = and(
    eq(users.username, username),
    eq(users.passwordHash, NO_PASSWORD),
    ne(users.role, role),
    lte(users.lastLoginAt, issuedAt),
  );
  const set = { role, lastLoginAt: issuedAt };
  const [, , , , [user]] = await ctx.db.batch([
    ctx.db
      .insert(users)
      .values({ username, ...set, passwordHash: NO_PASSWORD, createdAt: ctx.clock() })
      .onConflictDoNothing(),
    auditInsert(ctx, { action: 'user.provision', target, after: { username, role } }),
    auditChange(ctx, { table: users, where: outdated, set, action: 'user.provision', target }),
    ctx.db.update(users).set(set).where(outdated),
    ctx.db.select().from(users).where(eq(users.username, username)),
  ]);
  return user;
}
