/** The one hub: everybody watches the same log. */
export function hubOf({ LIVE }: Pick<Env, 'LIVE'>) {
  return LIVE.getByName('hub');
}
