import type { CSSProperties } from 'react';
import type { Column } from './column.ts';

/** The column of boxes, before all others. */
const SELECT = '1rem';

/** What header and rows share: the tracks of the widths that a table comes in. */
export const GRID =
  'grid grid-cols-(--narrow-tracks) items-center gap-x-3 px-4 @2xl:grid-cols-(--medium-tracks) @5xl:grid-cols-(--wide-tracks)';

/** What a cell shows from some width on. */
export const SHOWN_FROM = { medium: 'hidden @2xl:block', wide: 'hidden @5xl:block' };

/** The tracks of a table's columns, as the variables that `GRID` reads. */
export function gridTracks<Item extends { id: number }>(columns: Column<Item>[], selects: boolean): CSSProperties {
  const tracks = (shown: Column<Item>[]) =>
    [...(selects ? [SELECT] : []), ...shown.map(({ meta }) => meta?.track ?? '1fr')].join(' ');
  const narrow = columns.filter(({ meta }) => !meta?.from);
  const medium = columns.filter(({ meta }) => meta?.from !== 'wide');
  return {
    '--narrow-tracks': tracks(narrow),
    '--medium-tracks': tracks(medium),
    '--wide-tracks': tracks(columns),
  } as CSSProperties;
}
