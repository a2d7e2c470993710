/*
 * `wrangler.toml` puts this in the place of Drizzle's enumerations of PostgreSQL, which would bring the columns of that
 * database along, though ours is SQLite.
 */
export const isPgEnum = () => false;
