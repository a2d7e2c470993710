type Fields = Record<string, unknown>;

function write(level: 'info' | 'warn' | 'error') {
  return (message: string, fields: Fields = {}): void => console[level](JSON.stringify({ level, message, ...fields }));
}

/** One JSON line each for Workers Logs. Callers pass ids and counts, never bodies, tokens or passwords. */
export const log = { info: write('info'), warn: write('warn'), error: write('error') };

/** An error for the log: its own message and stack, and those of its causes. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  // A failed Drizzle query quotes its parameters, which may be secrets: its cause says what went wrong.
  if (error.name === 'DrizzleQueryError' || error.message.startsWith('Failed query')) {
    return { error: 'query failed', cause: describeError(error.cause) };
  }
  return {
    error: error.message,
    stack: error.stack,
    ...(error.cause ? { cause: describeError(error.cause) } : {}),
  };
}
