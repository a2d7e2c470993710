import createClient from 'openapi-fetch';
import { ApiProblem } from './api-problem.ts';
import { authorizedFetch } from './authorized-fetch.ts';
import type { paths } from './schema.ts';

/** The API, typed by its OpenAPI document. Read answers with `answerOf`. */
export const client = createClient<paths>({ baseUrl: '/api/v1', fetch: authorizedFetch });

client.use({
  onResponse: async ({ response }) => {
    if (!response.ok) throw await ApiProblem.of(response);
  },
});

type Answer<Data> = { data: Data; error?: never } | { data?: never; error: unknown };

/** The body of an answer. A failure has been thrown as an `ApiProblem` before. */
export async function answerOf<Data>(call: Promise<Answer<Data>>): Promise<Exclude<Data, undefined>> {
  const { data } = await call;
  return data as Exclude<Data, undefined>;
}
