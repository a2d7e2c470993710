import { queryOptions } from '@tanstack/react-query';
import { answerOf, client } from '../api/client.ts';
import type { Schemas } from '../api/schema.ts';

export type Setting = Schemas['Setting'];
export type SettingGroup = Schemas['Settings']['groups'][number];

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => answerOf(client.GET('/settings', { signal })),
});
