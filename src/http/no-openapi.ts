/*
 * `wrangler.toml` puts this in the place of @asteasolutions/zod-to-openapi: the OpenAPI document is an asset, so the
 * Worker needs neither what makes it nor what schemas say of themselves. See docs/decisions/0020-….md.
 */
import type { z } from 'zod';

export class OpenAPIRegistry {
  readonly definitions = [];
  registerPath(): void {}
}
export class OpenApiGeneratorV3 {}
export class OpenApiGeneratorV31 {}

export function getOpenApiMetadata(): object {
  return {};
}

/** `schema.openapi(…)` answers the schema as it is. */
export function extendZodWithOpenApi({ ZodType }: typeof z): void {
  Object.assign(ZodType.prototype, {
    openapi(this: z.ZodType) {
      return this;
    },
  });
}
