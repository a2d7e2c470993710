/** A place in a list that is sorted by a column: the value of a row and, among those that share it, its id. */
export type SortedCursor = { by: string; value: string | number; id: number };

/**
 * What a list was asked for. `page` and `cursor` exclude each other; with neither, the list starts at its head. In a
 * list by id the cursor is the id of a row.
 */
export type Paging<Cursor = number> = {
  limit: number;
  page?: number | undefined;
  cursor?: Cursor | undefined;
  sort_order: 'asc' | 'desc';
};

/** One page. `total` is known only when `page` was asked for; inexact when there was more to count. */
export type Page<Row, Cursor = number> = {
  rows: Row[];
  nextCursor: Cursor | null;
  page: number | null;
  total: number | null;
  totalExact: boolean | null;
};

/** Rows that a page by cursor looks at before it returns what it has: a rare match costs no full scan. */
const SCAN_WINDOW = 5_000;

/** Rows that `page` can reach and `total` can count. */
export const COUNT_WINDOW = 10_000;

type Slice = { window: number; limit: number; offset: number };

export type PageSource<Row, Cursor = number> = {
  /** Whether rows are tested one by one after the index; if not, every scanned row is a match. */
  tested: boolean;
  /** The matches among the first `window` rows in list order. */
  rows: (slice: Slice) => PromiseLike<Row[]>;
  /** The cursor of the last of the first `window` rows; nothing when there are fewer. */
  lastScanned: (window: number) => PromiseLike<Cursor | undefined>;
  cursorOf: (row: Row) => Cursor;
  /** How many of the first `window` rows there are, and how many match. */
  count: (window: number) => PromiseLike<{ scanned: number; matches: number }[]>;
};

/** Reads one page by cursor or by number, with a bound on the rows read either way. */
export async function readPage<Row, Cursor = number>(
  paging: Paging<Cursor>,
  source: PageSource<Row, Cursor>,
): Promise<Page<Row, Cursor>> {
  return paging.page
    ? readNumberedPage({ ...paging, page: paging.page }, source)
    : readFromCursor(paging.limit, source);
}

async function readFromCursor<Row, Cursor>(limit: number, source: PageSource<Row, Cursor>): Promise<Page<Row, Cursor>> {
  const window = source.tested ? SCAN_WINDOW : limit + 1;
  const found = await source.rows({ window, limit: limit + 1, offset: 0 });
  const rows = found.slice(0, limit);
  const unnumbered = { rows, page: null, total: null, totalExact: null };
  if (found.length > limit) return { ...unnumbered, nextCursor: endOf(rows, source) };
  const last = source.tested ? await source.lastScanned(window) : undefined;
  return { ...unnumbered, nextCursor: last ?? null };
}

async function readNumberedPage<Row, Cursor>(
  { limit, page }: { limit: number; page: number },
  source: PageSource<Row, Cursor>,
): Promise<Page<Row, Cursor>> {
  const [found, [counted]] = await Promise.all([
    source.rows({ window: COUNT_WINDOW, limit: limit + 1, offset: (page - 1) * limit }),
    source.count(COUNT_WINDOW + 1),
  ]);
  const rows = found.slice(0, limit);
  const { scanned, matches } = counted ?? { scanned: 0, matches: 0 };
  return {
    rows,
    page,
    nextCursor: found.length > limit ? endOf(rows, source) : null,
    total: Math.min(matches, COUNT_WINDOW),
    totalExact: scanned <= COUNT_WINDOW,
  };
}

function endOf<Row, Cursor>(rows: Row[], { cursorOf }: PageSource<Row, Cursor>): Cursor | null {
  const last = rows.at(-1);
  return last ? cursorOf(last) : null;
}
