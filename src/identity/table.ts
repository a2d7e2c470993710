import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
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
});
