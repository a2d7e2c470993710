import { UnsupportedPathError } from 'hono/router';

/*
 * `wrangler.toml` puts this in the place of Hono's RegExpRouter, which refuses the routes of events, alerts and incidents
 * and then leaves them to TrieRouter: so all go there at once, and the Worker carries one router.
 */
export class RegExpRouter {
  readonly name = 'none';

  add(): never {
    throw new UnsupportedPathError();
  }
}
