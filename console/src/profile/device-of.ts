const BROWSERS = [
  ['Edg/', 'Edge'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
  ['curl/', 'curl'],
] as const;

const SYSTEMS = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'macOS'],
  ['Linux', 'Linux'],
] as const;

/** What a User-Agent says about where it runs, in a few words: `Firefox on Linux`. What is not known stays as it is. */
export function deviceOf(userAgent: string | null): string {
  if (!userAgent) return 'Unknown device';
  // The more special come first: browsers carry the names of those whom they resemble.
  const [, browser] = BROWSERS.find(([mark]) => userAgent.includes(mark)) ?? [];
  const [, system] = SYSTEMS.find(([mark]) => userAgent.includes(mark)) ?? [];
  return [browser, system].filter(Boolean).join(' on ') || userAgent;
}
