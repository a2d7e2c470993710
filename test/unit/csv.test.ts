import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { csvLine, plainText, readCsv } from '../../src/http/csv.ts';

it.each([
  [['a', 'b', 1], 'a,b,1'],
  [['', null, 'x'], ',,x'],
  [['a,b', 'say "hi"', 'two\nlines', 'two\r\nlines'], '"a,b","say ""hi""","two\nlines","two\r\nlines"'],
  [[' a', 'b '], '" a","b "'],
  [['=1+1', '+1', '-1', '@SUM(A1)'], "'=1+1,'+1,'-1,'@SUM(A1)"],
  [['\t=1', '\r=1', '\n=1'], '\'\t=1,"\'\r=1","\'\n=1"'],
  [['=HYPERLINK("http://a.example","b")'], '"\'=HYPERLINK(""http://a.example"",""b"")"'],
  [[-1, 1.5], '-1,1.5'],
  [['1=1', "'1", 'a@b'], "1=1,'1,a@b"],
  [["'=1", "''=1"], "''=1,'''=1"],
])('writes %j', (cells, line) => {
  expect(csvLine(cells)).toBe(`${line}\r\n`);
});

it.each(['=1', "'=1", "''@x", '-', "'", "'1", '\ttab', 'plain', ''])(
  'reads %j as it was before it was written',
  (text) => {
    const [cell = ''] = csvLine([text]).split('\r\n');
    expect(plainText(cell)).toBe(text);
  },
);

it.each([
  ['', []],
  [
    'a,b\r\nc,d\r\n',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['a\nb\rc', [['a'], ['b'], ['c']]],
  ['\n\r\na\n\n\rb\n\n', [['a'], ['b']]],
  [
    'a,\n,\n,,b,',
    [
      ['a', ''],
      ['', ''],
      ['', '', 'b', ''],
    ],
  ],
  ['""\n"",""', [[''], ['', '']]],
  [
    '"a,b","say ""hi""","two\r\nlines"""\n"""",c',
    [
      ['a,b', 'say "hi"', 'two\r\nlines"'],
      ['"', 'c'],
    ],
  ],
  [' a , "b",c"d"', [[' a ', ' "b"', 'c"d"']]],
  ['"a"b,c\n"d"', [['"a"b', 'c'], ['d']]],
  ['a\nb,"c,d\ne\n', [['a'], null]],
  ['"', [null]],
  ['a\n"""', [['a'], null]],
])('reads the records of %j', (text, records) => {
  expect(readCsv(text, 100)).toEqual(records);
});

it('reads what csv-parse reads, of any mixture of good cells, and of one that does not end', () => {
  const CELLS = ['a', 'b c', '', '""', '"a,b"', '"say ""x"""', '"two\r\nlines"', 'c"d"', ' x', "'="];
  const ENDS = [',', ',', ',', '\r\n', '\n', '\r', '\n\n'];
  for (let seed = 1; seed <= 2_000; seed++) {
    let state = seed;
    const oneOf = (all: string[]) => {
      state = (state * 48_271) % 2_147_483_647;
      return all[state % all.length] ?? '';
    };
    const cells = Array.from({ length: seed % 12 }, () => oneOf(CELLS) + oneOf(ENDS));
    const text = cells.join('') + oneOf([...CELLS, '"open', '"open,\n']);
    expect({ text, records: readCsv(text, 100) }).toEqual({ text, records: byCsvParse(text) });
  }
});

it('stops at so many records, and is not slow however the quotes stand', () => {
  expect(readCsv('a\n'.repeat(1_000), 3)).toEqual([['a'], ['a'], ['a']]);
  for (const text of ['"', '""', '"a""b,', '"a",', '"x"y,', '","']) {
    expect(readCsv(text.repeat(1_000_000 / text.length), 1_001).length).toBeLessThanOrEqual(1_001);
  }
});

function byCsvParse(text: string): (string[] | null)[] {
  const records: (string[] | null)[] = [];
  parse(text, {
    record_delimiter: ['\r\n', '\n', '\r'],
    skip_empty_lines: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_records_with_error: true,
    on_skip: () => void records.push(null),
    on_record: (cells: string[]) => void records.push(cells),
  });
  return records;
}
