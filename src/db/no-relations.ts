/*
 * `wrangler.toml` puts this in the place of Drizzle's relations: they are for `db.query`, which needs the whole schema in
 * every isolate and is not used here.
 */
const nothing = () => undefined;

export const createTableRelationsHelpers = nothing;
export const extractTablesRelationalConfig = nothing;
export const getOperators = nothing;
export const getOrderByOperators = nothing;
export const mapRelationalRow = nothing;
export const normalizeRelation = nothing;
export class One {}
export class Many {}
export class Relation {}
export class Relations {}
export const createMany = nothing;
export const createOne = nothing;
export const relations = nothing;
