import { createRoute } from '@hono/zod-openapi';
import { guard } from '../http/authorize.ts';
import { idParams } from '../http/fields.ts';
import { json, jsonBody, problems } from '../http/openapi.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import {
  channelList,
  channelPatch,
  channelView,
  createdChannel,
  MAX_CHANNELS,
  newChannel,
  previewView,
  rotatedChannel,
  trial,
  viewChannel,
} from './channel-contract.ts';
import { createChannel } from './create-channel.ts';
import { deleteChannel } from './delete-channel.ts';
import { deliveryView, viewDelivery } from './delivery-contract.ts';
import { getChannel } from './get-channel.ts';
import { listChannels } from './list-channels.ts';
import { previewChannel } from './preview-channel.ts';
import { rotateChannelSecret } from './rotate-channel-secret.ts';
import { testChannel } from './test-channel.ts';
import { updateChannel } from './update-channel.ts';

const tags = ['Notifications'];

const createChannelRoute = createRoute({
  method: 'post',
  path: '/channels',
  tags,
  summary: 'Add a channel',
  description:
    'A `webhook`, `slack` or `teams` channel has a `url`, a `pagerduty` channel a `routing_key`, an `email` channel ' +
    'addresses in `to`; the field of another type is 400. Addresses and keys are stored encrypted and never shown again. ' +
    'The answer for a webhook holds the `secret` that signs what it gets, this once. 409 when the name is taken, when ' +
    `there are ${MAX_CHANNELS} channels, and for e-mail while the setting EMAIL_FROM is empty.`,
  operationId: 'createChannel',
  ...guard('channel.manage'),
  request: { body: jsonBody(newChannel) },
  responses: { 201: json(createdChannel, 'The channel.'), ...problems(400, 401, 403, 409, 413, 415, 503) },
});

const listRoute = createRoute({
  method: 'get',
  path: '/channels',
  tags,
  summary: 'List channels',
  description: 'All of them, by name.',
  operationId: 'listChannels',
  ...guard('channel.manage'),
  responses: { 200: json(channelList, 'The channels.'), ...problems(400, 401, 403, 503) },
});

const previewRoute = createRoute({
  method: 'post',
  path: '/channels/preview',
  tags,
  summary: 'See what a channel would be sent',
  description: 'A new alert, made up, in the words of a template and in the form of a type. Nothing is sent.',
  operationId: 'previewChannel',
  ...guard('channel.manage'),
  request: { body: jsonBody(trial) },
  responses: { 200: json(previewView, 'The notification.'), ...problems(400, 401, 403, 413, 415, 503) },
});

const getRoute = createRoute({
  method: 'get',
  path: '/channels/{id}',
  tags,
  summary: 'Get a channel',
  operationId: 'getChannel',
  ...guard('channel.manage'),
  request: { params: idParams },
  responses: { 200: json(channelView, 'The channel.'), ...problems(400, 401, 403, 404, 503) },
});

const patchRoute = createRoute({
  method: 'patch',
  path: '/channels/{id}',
  tags,
  summary: 'Change a channel',
  description:
    'What is given, and of the address only the field of its type (400); the type stays. A webhook keeps its secret at ' +
    'another `url`. `enabled: true` clears `disabled_reason`. What is on its way goes to the new address, too. 409 when ' +
    'the name is taken, or somebody else changes the address at the same time.',
  operationId: 'patchChannel',
  ...guard('channel.manage'),
  request: { params: idParams, body: jsonBody(channelPatch) },
  responses: {
    200: json(channelView, 'The channel as it is now.'),
    ...problems(400, 401, 403, 404, 409, 413, 415, 503),
  },
});

const deleteRoute = createRoute({
  method: 'delete',
  path: '/channels/{id}',
  tags,
  summary: 'Delete a channel',
  description: 'What is on its way to it fails. Policies, silences and windows that name it tell nobody in its place.',
  operationId: 'deleteChannel',
  ...guard('channel.manage'),
  request: { params: idParams },
  responses: { 204: { description: 'Gone.' }, ...problems(400, 401, 403, 404, 503) },
});

const rotateRoute = createRoute({
  method: 'post',
  path: '/channels/{id}/rotate',
  tags,
  summary: 'Give a webhook a new secret',
  description:
    'The answer holds the new secret, this once. For 24 hours the one until now signs beside it: `webhook-signature` has ' +
    'two signatures then, and a receiver accepts either. Of two who rotate at once, one gets 409, and so does a channel ' +
    'of another type.',
  operationId: 'rotateChannelSecret',
  ...guard('channel.manage'),
  request: { params: idParams },
  responses: { 200: json(rotatedChannel, 'The channel.'), ...problems(400, 401, 403, 404, 409, 503) },
});

const testRoute = createRoute({
  method: 'post',
  path: '/channels/{id}/test',
  tags,
  summary: 'Send a channel a test',
  description:
    'A notification of kind `test`, with a made-up alert of id 0, goes the way of every other. The answer is its delivery: ' +
    '`GET /deliveries/{id}` tells what became of it. 409 when the channel is disabled.',
  operationId: 'testChannel',
  ...guard('channel.manage'),
  request: { params: idParams },
  responses: { 202: json(deliveryView, 'The delivery.'), ...problems(400, 401, 403, 404, 409, 503) },
});

export const channelRoutes = newRouter()
  .openapi(createChannelRoute, async (c) => {
    const { channel, secret } = await createChannel({ ctx: contextOf(c), input: c.req.valid('json') });
    return c.json({ ...viewChannel(channel), secret }, 201);
  })
  .openapi(listRoute, async (c) => {
    const channels = await listChannels({ ctx: contextOf(c) });
    return c.json({ data: channels.map(viewChannel) }, 200);
  })
  .openapi(previewRoute, async (c) => {
    return c.json(await previewChannel({ ctx: contextOf(c), input: c.req.valid('json') }), 200);
  })
  .openapi(getRoute, async (c) => {
    const channel = await getChannel({ ctx: contextOf(c), input: c.req.valid('param') });
    return c.json(viewChannel(channel), 200);
  })
  .openapi(patchRoute, async (c) => {
    const input = { ...c.req.valid('param'), patch: c.req.valid('json') };
    return c.json(viewChannel(await updateChannel({ ctx: contextOf(c), input })), 200);
  })
  .openapi(deleteRoute, async (c) => {
    await deleteChannel({ ctx: contextOf(c), input: c.req.valid('param') });
    return c.body(null, 204);
  })
  .openapi(rotateRoute, async (c) => {
    const { channel, secret, previousUntil } = await rotateChannelSecret({
      ctx: contextOf(c),
      input: c.req.valid('param'),
    });
    return c.json({ ...viewChannel(channel), secret, previous_secret_until: previousUntil.toISOString() }, 200);
  })
  .openapi(testRoute, async (c) => {
    const delivery = await testChannel({ ctx: contextOf(c), input: c.req.valid('param') });
    return c.json(viewDelivery(delivery), 202);
  });
