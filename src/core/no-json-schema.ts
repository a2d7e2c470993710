/*
 * `wrangler.toml` puts this in the place of the two files of zod that make JSON Schema, which would be a fortieth of the
 * bundle: the OpenAPI document is an asset. See docs/decisions/0017-a-small-zod.md.
 */
const nothing = () => ({});

/** What zod asks for when somebody reads the limits of a schema. */
export const aggregateChecks = nothing;

export const toJSONSchema = nothing;
export const createToJSONSchemaMethod = () => nothing;
export const createStandardJSONSchemaMethod = () => nothing;
