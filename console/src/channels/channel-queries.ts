import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answerOf, client } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import type { Schemas } from '../api/schema.ts';

export type Channel = Schemas['Channel'];
export type ChannelType = Channel['type'];
export type Template = NonNullable<Channel['template']>;

export const channelsQuery = queryOptions({
  queryKey: ['channels'],
  queryFn: ({ signal }) => answerOf(client.GET('/channels', { signal })),
});

/** What a channel of this type would be sent. */
export const channelPreviewQuery = (trial: { type: ChannelType; template: Template | null }) =>
  queryOptions({
    queryKey: ['channel-preview', trial],
    queryFn: ({ signal }) => answerOf(client.POST('/channels/preview', { body: trial, signal })),
    placeholderData: keepPreviousData,
  });

export const refreshChannels = () => queryClient.invalidateQueries({ queryKey: channelsQuery.queryKey });
