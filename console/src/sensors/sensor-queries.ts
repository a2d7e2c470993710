import { type InfiniteData, queryOptions } from '@tanstack/react-query';
import { answerOf, client } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import type { Schemas } from '../api/schema.ts';
import { withRow } from '../kit/use-cursor-list.ts';
import type { SensorSearch } from './sensor-search.ts';

export type Sensor = Schemas['Sensor'];
export type SensorWithKey = Schemas['SensorWithKey'];

const PAGE_ROWS = 100;

type Place = { cursor: string | undefined; signal: AbortSignal };
type Pages = InfiniteData<Schemas['SensorPage'], string | undefined>;

/** The filters of the API that a search in the address stands for. */
export function sensorFilters({ search, enabled }: SensorSearch) {
  return { search, enabled: enabled === undefined ? undefined : (`${enabled}` as const) };
}

export type SensorFilters = ReturnType<typeof sensorFilters>;

export const sensorListKey = (filters: SensorFilters) => ['sensors', filters] as const;

export function loadSensors(filters: SensorFilters, { cursor, signal }: Place) {
  return answerOf(client.GET('/sensors', { params: { query: { ...filters, limit: PAGE_ROWS, cursor } }, signal }));
}

export const sensorQuery = (id: number) =>
  queryOptions({
    queryKey: ['sensor', id],
    queryFn: ({ signal }) => answerOf(client.GET('/sensors/{id}', { params: { path: { id } }, signal })),
  });

export const sensorOriginsQuery = (id: number) =>
  queryOptions({
    queryKey: ['sensor', id, 'origins'],
    queryFn: ({ signal }) => answerOf(client.GET('/sensors/{id}/origins', { params: { path: { id } }, signal })),
  });

/** Puts a sensor as it is now wherever it is shown. */
export function keepSensor(sensor: Sensor): void {
  queryClient.setQueryData(sensorQuery(sensor.id).queryKey, sensor);
  queryClient.setQueriesData<Pages>({ queryKey: ['sensors'] }, (pages) => withRow(pages, sensor) as Pages | undefined);
}
