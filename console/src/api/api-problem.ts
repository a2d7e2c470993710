import type { Schemas } from './schema.ts';

type Body = Schemas['Problem'];

/** A failed request, as the API's problem details tell it. Status 0 and code `unreachable`: no answer came at all. */
export class ApiProblem extends Error {
  readonly status: number;
  /** What follows `/problems#` in the type: `validation`, `conflict`, `precondition_failed`, … */
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors: { pointer: string; detail: string }[];
  readonly requestId: string | undefined;
  /** Seconds after which it is worth another try. */
  readonly retryAfter: number | undefined;

  constructor(body: Partial<Body>, retryAfter?: number) {
    super(body.detail ?? body.title ?? 'The request failed.');
    this.name = 'ApiProblem';
    this.status = body.status ?? 0;
    this.code = body.type?.split('#')[1] ?? 'internal';
    this.title = body.title ?? 'Something failed';
    this.detail = body.detail ?? 'The request failed, and the answer does not say why.';
    this.errors = body.errors ?? [];
    this.requestId = body.request_id;
    this.retryAfter = retryAfter;
  }

  static async of(response: Response): Promise<ApiProblem> {
    const body: Partial<Body> = await response.json().catch(() => ({}));
    const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN);
    const { status } = response;
    return new ApiProblem({ ...body, status }, Number.isFinite(seconds) ? seconds : undefined);
  }

  static unreachable(): ApiProblem {
    const detail = 'No answer came. Check the connection; this page goes on by itself when it is back.';
    return new ApiProblem({ type: '#unreachable', status: 0, title: 'Edgewatch cannot be reached', detail });
  }
}
