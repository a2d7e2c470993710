import { OpenAPIHono, type z } from '@hono/zod-openapi';
import type { RequestIdVariables } from 'hono/request-id';
import type { Actor } from '../core/actor.ts';
import type { Context } from '../core/context.ts';
import { type DomainError, type FieldError, ValidationError } from '../core/errors.ts';
import type { Db } from '../db/client.ts';

export type AppEnv = {
  Bindings: Env;
  Variables: RequestIdVariables & {
    /** The request's session of the database. */
    db: Db;
    context: Context | undefined;
    actor: Actor;
    /** Why the credentials that came do not count; the caller is then anonymous. */
    refusal: DomainError | undefined;
  };
};

/** A router whose validation failures become one `ValidationError` that names every field. */
export function newRouter() {
  return new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (!result.success) throw new ValidationError(fieldErrors(result.target, result.error.issues));
    },
  });
}

type Target = 'json' | 'query' | 'param' | 'header' | string;

/** The first hundred say enough; an answer should not be larger than what it answers. */
const MAX_FAULTS = 100;

/** Zod's issues as pointers and details: where and what, never the value. */
export function fieldErrors(target: Target, issues: z.core.$ZodIssue[]): FieldError[] {
  const faults = issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        pointer: pointerTo(target, [...issue.path, key]),
        detail: target === 'query' ? 'is not a parameter of this route' : 'is not a field of this object',
      }));
    }
    return [{ pointer: pointerTo(target, issue.path), detail: detailOf(issue, target) }];
  });
  return faults.slice(0, MAX_FAULTS);
}

const ROOTS: Record<Target, string> = { json: '#', query: 'query', param: 'path', header: 'header' };

/** A pointer to a place in the input; names are cut at 100 characters. */
export function pointerTo(target: Target, path: PropertyKey[]): string {
  const steps = path.map((step) => String(step).slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1'));
  return [ROOTS[target] ?? target, ...steps].join('/');
}

function detailOf(issue: z.core.$ZodIssue, target: Target): string {
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) return 'is required';
  if (issue.code === 'invalid_type' && target === 'query' && issue.message.endsWith('received array')) {
    return 'must be given once';
  }
  return issue.message;
}
