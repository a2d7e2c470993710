import { expect, it } from 'vitest';
import { csvLine, plainText } from '../../src/http/csv.ts';

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
