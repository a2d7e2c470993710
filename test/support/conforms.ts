export type Schema = {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  minimum?: number;
  format?: string;
  default?: unknown;
  example?: unknown;
};

type Schemas = Record<string, Schema>;

const IS: Record<string, (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  integer: Number.isInteger,
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
  array: Array.isArray,
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

/** The schema that a reference names; another one as it is. */
export function resolved(schema: Schema, schemas: Schemas): Schema {
  const found = schema.$ref ? schemas[schema.$ref.replace('#/components/schemas/', '')] : schema;
  if (!found) throw new Error(`the document has no ${schema.$ref}`);
  return found;
}

/** Where a value breaks a schema of the API document, as `data/0/id: must be integer`; empty when it conforms. */
export function breaches(
  value: unknown,
  { schema, schemas, at = '' }: { schema: Schema; schemas: Schemas; at?: string },
): string[] {
  const { type, properties = {}, ...rules } = resolved(schema, schemas);
  const check = (inner: Schema, part: unknown = value, where = at) =>
    breaches(part, { schema: inner, schemas, at: where });
  const found = (rules.allOf ?? []).flatMap((part) => check(part));
  if (rules.anyOf && !rules.anyOf.some((part) => check(part).length === 0)) found.push(`${at}: must be one of anyOf`);
  if (type && ![type].flat().some((name) => IS[name]?.(value))) return [...found, `${at}: must be ${type}`];
  if (rules.enum && !rules.enum.includes(value)) found.push(`${at}: must be one of ${rules.enum}`);
  if (rules.format === 'date-time' && value !== null && !/^\d{4}-\d\d-\d\dT.*Z$/.test(String(value)))
    found.push(`${at}: must be a time`);
  if (Array.isArray(value) && rules.items) {
    const { items } = rules;
    found.push(...value.flatMap((item, index) => check(items, item, `${at}/${index}`)));
  }
  if (!IS.object?.(value)) return found;
  const fields = value as Record<string, unknown>;
  for (const name of rules.required ?? []) if (!(name in fields)) found.push(`${at}/${name}: is required`);
  for (const [name, part] of Object.entries(fields)) {
    const inner = properties[name];
    if (inner) found.push(...check(inner, part, `${at}/${name}`));
    else if (rules.additionalProperties === false) found.push(`${at}/${name}: is not documented`);
  }
  return found;
}
