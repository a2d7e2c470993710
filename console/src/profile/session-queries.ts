import { queryOptions } from '@tanstack/react-query';
import { answerOf, client } from '../api/client.ts';
import type { Schemas } from '../api/schema.ts';

export type Session = Schemas['Session'];

/** Where one is signed in, newest first. */
export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: async () => (await answerOf(client.GET('/auth/sessions'))).data,
});
