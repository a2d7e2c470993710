import { Link } from '@tanstack/react-router';
import { canBeChosen } from '../kit/choices.ts';
import type { Summary } from '../reports/report-queries.ts';

const DAY_MS = 86_400_000;

type Props = { source: string; summary: Summary };

/** A source, leading to its events of the days that it was counted over. */
export function SourceLink({ source, summary }: Props) {
  if (!canBeChosen(source)) return source;
  const from = Math.floor(Date.parse(summary.from) / DAY_MS) * DAY_MS;
  const to = Math.ceil(Date.parse(summary.to) / DAY_MS) * DAY_MS;
  const days = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  return (
    <Link to="/events" search={{ source, ...days }} className="rounded hover:underline">
      {source}
    </Link>
  );
}
