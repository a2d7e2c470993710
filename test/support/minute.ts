/** Waits, if need be, until the minute of the clock still lasts for so many seconds. */
export async function roomInMinute(seconds: number): Promise<void> {
  const left = 60_000 - (Date.now() % 60_000);
  if (left < seconds * 1_000) await new Promise((wait) => setTimeout(wait, left + 50));
}
