import { occurrencesOf, type WindowDraft, zonedTime } from './window-draft.ts';

const SHOWN = 4;

/** When a window would come next, or why it would not. */
export function WindowOccurrences({ draft }: { draft: WindowDraft }) {
  const found = occurrencesOf(draft);
  const zone = draft.timeZone.trim();
  return (
    <section aria-label="Next occurrences" className="rounded-md border border-line bg-surface px-3 py-2">
      <h3 className="font-medium">Next occurrences</h3>
      {typeof found === 'string' ? (
        <p className="text-muted">{found}</p>
      ) : (
        <ul className="text-muted">
          {found.slice(0, SHOWN).map((at) => (
            <li key={at.getTime()}>{zonedTime(at, zone)}</li>
          ))}
          {found
            .slice(SHOWN)
            .slice(-1)
            .map((last) => (
              <li key="last">
                and {found.length - SHOWN} more, to {zonedTime(last, zone)}
              </li>
            ))}
        </ul>
      )}
    </section>
  );
}
