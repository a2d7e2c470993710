/** The parser of parts alone, without that of forms, which is three times its size. */
declare module '@fastify/busboy/deps/dicer/lib/Dicer.js' {
  import { Dicer } from '@fastify/busboy';

  // The types of the package have not heard of the bound.
  class PartParser extends Dicer {
    constructor(config: { boundary: string; maxHeaderSize: number });
  }
  export = PartParser;
}
