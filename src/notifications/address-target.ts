import { ConflictError, ValidationError } from '../core/errors.ts';
import type { Settings } from '../core/settings.ts';
import type { NewChannel } from './channel-contract.ts';
import type { Target } from './channel-target.ts';
import { checkTarget } from './check-target.ts';

type Address = Pick<NewChannel, 'type' | 'url' | 'routing_key' | 'to'>;
type Secrets = Pick<Extract<Target, { type: 'webhook' }>, 'secret' | 'previous'>;

/** The target that an address makes, which the contract has found to be of its type. A webhook has secrets beside it. */
export function targetAt(settings: Settings, { address, secrets }: { address: Address; secrets: Secrets }): Target {
  const { type, url = '', routing_key: routingKey = '', to = [] } = address;
  if (type === 'pagerduty') return { type, routingKey };
  if (type === 'email') {
    if (settings.email.from === '') throw new ConflictError('E-mail is not set up: EMAIL_FROM is empty.');
    return { type, to };
  }
  const detail = checkTarget(url, settings);
  if (detail) throw new ValidationError([{ pointer: '#/url', detail }]);
  return type === 'webhook' ? { type, url, ...secrets } : { type, url };
}
