import { integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { USER_ROLES } from '../core/actor.ts';

/**
 * People. A username never changes, so other tables and the audit log name people by it and need no join.
 * Rows written per new user: 2 (the row and the unique index).
 */
export const users = sqliteTable('users', {
  id: integer('id').primaryKey(),
  username: text('username').notNull().unique(),
  email: text('email'),
  passwordHash: text('password_hash').notNull(),
  role: text('role', { enum: USER_ROLES }).notNull(),
  disabled: integer('disabled', { mode: 'boolean' }).notNull().default(false),
  createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
  lastLoginAt: integer('last_login_at', { mode: 'timestamp_ms' }),
  /** Encrypted with a key derived from JWT_SECRET; set when enrolment starts, in force once `totp_enabled_at` is. */
  totpSecret: text('totp_secret'),
  totpEnabledAt: integer('totp_enabled_at', { mode: 'timestamp_ms' }),
  /** The time step of the last accepted code: only a later one is accepted, so that each code works once. */
  totpLastStep: integer('totp_last_step'),
});

/**
 * A sign-in and every refresh that followed it. The refresh token is `<family>.<secret>`, both stored hashed:
 * the family stays, the secret changes with each refresh, and a known family with another secret is a reuse.
 * Rows written per sign-in: 2 (the row and the unique index); per refresh 1.
 */
export const sessions = sqliteTable('sessions', {
  id: integer('id').primaryKey(),
  userId: integer('user_id')
    .notNull()
    .references(() => users.id),
  familyHash: text('family_hash').notNull().unique(),
  secretHash: text('secret_hash').notNull(),
  createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
  refreshedAt: integer('refreshed_at', { mode: 'timestamp_ms' }).notNull(),
  expiresAt: integer('expires_at', { mode: 'timestamp_ms' }).notNull(),
  revokedAt: integer('revoked_at', { mode: 'timestamp_ms' }),
  ip: text('ip'),
  userAgent: text('user_agent'),
});

/** One-time codes for when the second factor is lost: 10 per enrolment, stored hashed. Rows written each: 2. */
export const recoveryCodes = sqliteTable(
  'recovery_codes',
  {
    id: integer('id').primaryKey(),
    userId: integer('user_id')
      .notNull()
      .references(() => users.id),
    codeHash: text('code_hash').notNull(),
    usedAt: integer('used_at', { mode: 'timestamp_ms' }),
  },
  (t) => [uniqueIndex('recovery_codes_user_code').on(t.userId, t.codeHash)],
);

/**
 * Links that an admin hands out, each good once and for a time: an invitation to register with a role, or a reset of
 * somebody's password. Only the hash of the token is kept. Rows written each: 2.
 */
export const accountLinks = sqliteTable('account_links', {
  id: integer('id').primaryKey(),
  kind: text('kind', { enum: ['invitation', 'reset'] }).notNull(),
  tokenHash: text('token_hash').notNull().unique(),
  /** Of an invitation. */
  role: text('role', { enum: USER_ROLES }),
  email: text('email'),
  /** Of a reset. */
  userId: integer('user_id').references(() => users.id),
  createdBy: text('created_by').notNull(),
  createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
  expiresAt: integer('expires_at', { mode: 'timestamp_ms' }).notNull(),
  usedAt: integer('used_at', { mode: 'timestamp_ms' }),
});

/**
 * Wrong passwords and one-time codes, counted exactly: one upsert per guess, before anything is hashed. The key names
 * an account or an address and the window. Rows written per guess: 2 the first time in a window, then 1.
 */
export const guesses = sqliteTable('guesses', {
  key: text('key').primaryKey(),
  count: integer('count').notNull(),
  expiresAt: integer('expires_at', { mode: 'timestamp_ms' }).notNull(),
});
