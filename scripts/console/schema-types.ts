import { readFile, writeFile } from 'node:fs/promises';

const DOCUMENT = 'docs/openapi.json';
const TYPES = 'console/src/api/schema.ts';

/** The part of JSON Schema that the document uses. */
type Schema = {
  $ref?: string;
  enum?: unknown[];
  const?: unknown;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  type?: string | string[];
  items?: Schema;
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  required?: string[];
  format?: string;
};

type Content = { content?: Record<string, { schema?: Schema }>; $ref?: string };
type Parameter = { name: string; in: string; required?: boolean; schema?: Schema; $ref?: string };
type Operation = {
  parameters?: Parameter[];
  requestBody?: Content & { required?: boolean };
  responses: Record<string, Content>;
};
type Document = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; parameters?: Record<string, Parameter> };
};

const PLAIN: Record<string, string> = {
  string: 'string',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
  null: 'null',
  array: 'unknown[]',
  object: 'Record<string, unknown>',
};

/**
 * Writes the types of the API for the console's client, in the shape that openapi-fetch reads, from the committed
 * document. The usual generator needs the compiler API of TypeScript 5, which TypeScript 7 does not have.
 */
export async function writeSchemaTypes(): Promise<void> {
  const document: Document = JSON.parse(await readFile(DOCUMENT, 'utf8'));
  const text = [
    `// Written by scripts/console/schema-types.ts from ${DOCUMENT}.`,
    `export type Schemas = ${object(mapValues(document.components.schemas, typeOf))};`,
    `export type paths = ${object(mapValues(document.paths, (path) => object(mapValues(path, (operation) => operationType(operation, document)))))};`,
  ].join('\n\n');
  // Written only when it changed, so that whoever watches the file is left alone.
  const before = await readFile(TYPES, 'utf8').catch(() => '');
  if (before !== `${text}\n`) await writeFile(TYPES, `${text}\n`);
}

function operationType({ parameters = [], requestBody, responses }: Operation, document: Document): string {
  const known = parameters.map(({ $ref, ...parameter }) => ($ref ? parameterOf($ref, document) : parameter));
  const groups = ['query', 'path', 'header'].flatMap((place) => {
    const group = known.filter((parameter) => parameter.in === place);
    if (group.length === 0) return [];
    const required = group.some((parameter) => parameter.required) ? '' : '?';
    const fields = group.map(
      (parameter) => `${JSON.stringify(parameter.name)}${parameter.required ? '' : '?'}: ${typeOf(parameter.schema)}`,
    );
    return [`${place}${required}: { ${fields.join('; ')} }`];
  });
  const body = requestBody
    ? `requestBody${requestBody.required ? '' : '?'}: { content: ${contentType(requestBody)} }; `
    : '';
  const answers = mapValues(responses, (response) =>
    response.content ? `{ content: ${contentType(response)} }` : '{ content?: never }',
  );
  return `{ parameters: { ${groups.join('; ')} }; ${body}responses: ${object(answers)} }`;
}

function parameterOf(ref: string, document: Document): Parameter {
  const found = document.components.parameters?.[nameOf(ref)];
  if (!found) throw new Error(`${DOCUMENT} has no ${ref}`);
  return found;
}

function contentType({ content = {} }: Content): string {
  return object(mapValues(content, ({ schema }) => typeOf(schema)));
}

function typeOf(schema: Schema | undefined): string {
  if (!schema) return 'unknown';
  if (schema.$ref) return `Schemas[${JSON.stringify(nameOf(schema.$ref))}]`;
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.allOf) return schema.allOf.map(typeOf).filter(isKnown).join(' & ') || 'unknown';
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return either.map(typeOf).join(' | ');
  const types = [schema.type ?? []].flat();
  return types.map((type) => simpleType(type, schema)).join(' | ') || 'unknown';
}

function simpleType(type: string, { items, properties, additionalProperties, required = [], format }: Schema): string {
  if (format === 'binary') return 'Blob';
  if (type === 'array' && items) return `(${typeOf(items)})[]`;
  if (type !== 'object' || !(properties || typeof additionalProperties === 'object')) return PLAIN[type] ?? 'unknown';
  const fields = Object.entries(properties ?? {}).map(
    ([name, schema]) => `${JSON.stringify(name)}${required.includes(name) ? '' : '?'}: ${typeOf(schema)}`,
  );
  const rest = typeof additionalProperties === 'object' ? [`[name: string]: ${typeOf(additionalProperties)}`] : [];
  return `{ ${[...fields, ...rest].join('; ')} }`;
}

const isKnown = (type: string) => type !== 'unknown';
const nameOf = (ref: string) => ref.split('/').at(-1) ?? '';

function mapValues<Value, Result>(record: Record<string, Value>, map: (value: Value) => Result): [string, Result][] {
  return Object.entries(record).map(([name, value]) => [name, map(value)]);
}

function object(entries: [string, string][]): string {
  // A status is a number, not the text of one: that is what the client looks for.
  const key = (name: string) => (/^\d+$/.test(name) ? name : JSON.stringify(name));
  return `{\n${entries.map(([name, type]) => `${key(name)}: ${type};`).join('\n')}\n}`;
}
