/** The tags of a line: parted by commas, each once. */
export function readTags(text: string): string[] {
  return [...new Set(text.split(',').map((tag) => tag.trim().toLowerCase()))].filter(Boolean);
}
