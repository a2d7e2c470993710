import { describe, expect, it } from 'vitest';
import { canonicalPath } from '../../src/http/path.ts';

const pathOf = (path: string) => canonicalPath(new Request(`https://edge.example${path}`));

describe('the path by which a request is routed', () => {
  it.each([
    ['/api/v1/events', '/api/v1/events'],
    ['/api/v1/events/', '/api/v1/events'],
    ['/api/v1/events///', '/api/v1/events'],
    ['/api/events/7/', '/api/v1/events/7'],
    ['/api/events?path=/api/x/', '/api/v1/events'],
    ['/api/v1', '/api/v1'],
    ['/api/v1x/events', '/api/v1/v1x/events'],
    ['/api/api/events', '/api/v1/api/events'],
    ['/health', '/api/v1/health'],
    ['/health/', '/api/v1/health'],
    ['/openapi.json', '/api/v1/openapi.json'],
    ['/healthy', '/healthy'],
    ['/', '/'],
    ['/docs/', '/docs'],
    ['/apis/events', '/apis/events'],
  ])('of %s is %s', (sent, routed) => {
    expect(pathOf(sent)).toBe(routed);
  });
});
