import { z } from '@hono/zod-openapi';
import { id } from '../http/fields.ts';
import { MAX_TAGS, tag } from './contract.ts';
import { incidentFilters } from './list-contract.ts';

export const tagQuery = z.strictObject({
  archived: incidentFilters.archived.openapi({ description: 'Of the archive instead of what is not archived.' }),
});

export type TagQuery = z.output<typeof tagQuery>;

export const tagList = z
  .strictObject({
    data: z.array(
      z.strictObject({
        tag: z.string(),
        incidents: z.number().int().openapi({ description: 'How many have it.' }),
      }),
    ),
  })
  .openapi('TagList');

export const newTags = z
  .strictObject({
    tags: z.array(tag).min(1).max(MAX_TAGS),
  })
  .openapi('NewTags', { example: { tags: ['ransomware', 'backup'] } });

export const tagParams = z.strictObject({
  id: id.openapi({ example: 1, description: 'The id, as the answers give it.' }),
  tag: tag.openapi({ example: 'ransomware' }),
});
