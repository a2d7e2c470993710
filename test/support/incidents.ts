import { call, expectStatus } from './client.ts';

type Fields = Record<string, unknown>;

/** Opens an incident and answers it. */
export async function opened(token: string, fields: Fields = {}) {
  const body = { title: 'Ransomware on the payments cluster', severity: 'sev1', ...fields };
  return expectStatus(await call('POST', '/api/v1/incidents', { token, body }), 201);
}

/** Does something to an incident: `act(token, 3, 'resolve')`. */
export async function act(token: string, id: number, action: string, body?: unknown): Promise<Response> {
  return call('POST', `/api/v1/incidents/${id}/${action}`, { token, body });
}
