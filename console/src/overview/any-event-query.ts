import { queryOptions } from '@tanstack/react-query';
import { answerOf, client } from '../api/client.ts';

/** Whether an event was ever sent. */
export const anyEventQuery = queryOptions({
  queryKey: ['any-event'],
  queryFn: async ({ signal }) => {
    const { data } = await answerOf(client.GET('/events', { params: { query: { limit: 1 } }, signal }));
    return data.length > 0;
  },
});
