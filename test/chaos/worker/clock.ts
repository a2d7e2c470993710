const RealDate = Date;
let skew = 0;

/** Moves the clock of the whole Worker, the libraries' included. */
export function shiftClock(by: number): void {
  skew = by;
}

// A proxy rather than a subclass: dates that the runtime makes stay instances of it.
globalThis.Date = new Proxy(RealDate, {
  construct: (target, [first = target.now() + skew, ...rest]: [number?, ...number[]]) =>
    Reflect.construct(target, [first, ...rest]),
  get: (target, name) => (name === 'now' ? () => target.now() + skew : Reflect.get(target, name)),
});
