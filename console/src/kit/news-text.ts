/** How many there are that a list does not show yet, of which no more than a page was read; nothing for none. */
export function newsText(count: number, page: number): string | undefined {
  if (count === 0) return undefined;
  return `${count}${count < page ? '' : '+'} new`;
}
