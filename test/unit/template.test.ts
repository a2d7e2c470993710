import { describe, expect, it } from 'vitest';
import { faultOf, render, VARIABLES } from '../../src/notifications/template.ts';

const PAYLOAD = {
  kind: 'alert.raised',
  alert: { id: 12, severity: 'critical', description: '{{alert.id}} <b>& $& $1', assignee: null, event_count: 0 },
};

describe('a template', () => {
  it.each([
    ['{{alert.severity}}: {{ alert.id }}', 'critical: 12'],
    ['{{alert.event_count}} events', '0 events'],
    // A value is text: nothing in it is a variable, and it is escaped by the medium that it goes to.
    ['{{alert.description}}', '{{alert.id}} <b>& $& $1'],
    ['for {{alert.assignee}}{{escalation.policy}}{{silence.reason}}{{url}}.', 'for .'],
    ['{"json": {"a": "{{kind}}"} }', '{"json": {"a": "alert.raised"} }'],
    ['', ''],
  ])('%j becomes %j', (template, text) => {
    expect(faultOf(template)).toBeUndefined();
    expect(render(template, PAYLOAD)).toBe(text);
  });

  it.each([
    '{{alert.severity}',
    '{{alert.severity',
    'alert.severity}}',
    '{{}}',
    '{{ }}',
    '{{#alert}}x{{/alert}}',
    '{{> file}}',
    '{{alert.severity | upper}}',
    '{{alert severity}}',
    '{{{{alert.id}}}}',
  ])('with the braces of %j is refused', (template) => {
    expect(faultOf(template)).toBe('must have {{ and }} around names of variables only');
  });

  it.each([
    '{{severity}}',
    '{{alert}}',
    '{{alert.password}}',
    '{{constructor}}',
    '{{alert.__proto__}}',
    '{{ALERT.ID}}',
  ])('with the variable of %j is refused, and told which there are', (template) => {
    expect(faultOf(template)).toBe(`has an unknown variable; known are: ${VARIABLES.join(', ')}`);
  });
});
