type Statements = Pick<D1Database, 'prepare' | 'batch'>;

/** A database whose sessions are made of the same statements as itself, and have no bookmarks. */
export function withOwnSessions({ prepare, batch }: Statements): D1Database {
  const withSession = () => ({ prepare, batch, getBookmark: () => null });
  return { prepare, batch, withSession } as unknown as D1Database;
}
