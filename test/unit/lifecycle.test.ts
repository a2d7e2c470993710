import { describe, expect, it } from 'vitest';
import { ALERT_STATUSES, canMove, statusesBefore } from '../../src/alerts/lifecycle.ts';
import { raisesAlert, SEVERITIES, severitiesBelow } from '../../src/core/severity.ts';

describe('an alert', () => {
  it('moves forward, and from resolved back to open, and no other way', () => {
    const moves = ALERT_STATUSES.flatMap((from) =>
      ALERT_STATUSES.filter((to) => canMove(from, to)).map((to) => [from, to]),
    );
    expect(moves).toEqual([
      ['open', 'acknowledged'],
      ['open', 'resolved'],
      ['acknowledged', 'resolved'],
      ['resolved', 'open'],
    ]);
  });

  it('can be reached in a status from exactly those that lead there', () => {
    expect(statusesBefore('open')).toEqual(['resolved']);
    expect(statusesBefore('acknowledged')).toEqual(['open']);
    expect(statusesBefore('resolved')).toEqual(['open', 'acknowledged']);
  });
});

describe('a severity', () => {
  it('owes an alert from high on', () => {
    expect(SEVERITIES.filter(raisesAlert)).toEqual(['high', 'critical']);
  });

  it('knows those below it', () => {
    expect(SEVERITIES.map(severitiesBelow)).toEqual([[], ['low'], ['low', 'medium'], ['low', 'medium', 'high']]);
  });
});
