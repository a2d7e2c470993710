/** A time as `datetime-local` takes it, by the clock of this machine. */
export function toLocal(time: string | undefined): string | undefined {
  if (!time) return undefined;
  const at = new Date(time);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The other way round. */
export function fromLocal(text: string | undefined): string | undefined {
  return text && new Date(text).toISOString();
}
