import { type Matcher, matchersText } from './matchers.ts';

/** Which events are meant, in words. */
export function MatchersText({ matchers, none }: { matchers: readonly Matcher[]; none: string }) {
  if (matchers.length === 0) return <span className="text-muted">{none}</span>;
  return <span className="break-words">{matchersText(matchers)}</span>;
}
