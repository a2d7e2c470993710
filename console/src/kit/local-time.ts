/** A time as an input of type `datetime-local` takes it, by the clock of this machine. */
export function toLocalInput(time: Date): string {
  const local = new Date(time.getTime() - time.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** What such an input holds, as the API takes it; nothing while it is empty. */
export function fromLocalInput(text: string): string | undefined {
  return text ? new Date(text).toISOString() : undefined;
}
