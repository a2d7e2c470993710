/** Who did something: `user:ann` as "ann", `system:retention` as "Edgewatch". */
export function actorName(actor: string): string {
  return actor.startsWith('user:') ? actor.slice('user:'.length) : 'Edgewatch';
}
