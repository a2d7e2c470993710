import { type Column, or, type SQL, sql } from 'drizzle-orm';

/** The trigram index finds what has three characters or more. */
const INDEXED_LENGTH = 3;

/** The words of a search. Each must occur in a text of the incident; the index finds the longer ones. */
export function wordsOf(search: string): { all: string[]; indexed: string[]; short: string[] } {
  const all = [...new Set(search.split(/\s+/))];
  const isIndexed = (word: string) => [...word].length >= INDEXED_LENGTH;
  return { all, indexed: all.filter(isIndexed), short: all.filter((word) => !isIndexed(word)) };
}

/** An FTS5 query for all of these words. Within quotes nothing has a meaning but the quote, which is doubled. */
export function matchQuery(words: string[]): string {
  return words.map((word) => `"${word.replaceAll('"', '""')}"`).join(' AND ');
}

type Texts = { title: Column; service: Column; description: Column };

/** The test that a text of the incident contains a word, in any case, as the index has it. */
export function containsWord({ title, service, description }: Texts, word: string): SQL | undefined {
  const text = sql`lower(${title} || char(10) || ${service} || char(10) || ${description})`;
  return or(...spellings(word).map((spelling) => sql`instr(${text}, ${spelling}) > 0`));
}

/** SQLite's `lower` knows ASCII only. For other letters these are the cases in which people write a word. */
function spellings(word: string): string[] {
  const lower = word.toLowerCase();
  const [first = '', ...rest] = lower;
  const cases = [word, lower, word.toUpperCase(), first.toUpperCase() + rest.join('')];
  return [...new Set(cases.map((text) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())))];
}
