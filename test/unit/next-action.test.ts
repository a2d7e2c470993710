import { describe, expect, it } from 'vitest';
import { nextAction, nextStep, type Standing, standingAfter } from '../../src/escalation/next-action.ts';

const START = Date.parse('2026-11-21T09:30:00Z');
const at = (seconds: number) => new Date(START + seconds * 1000);

type Changes = {
  alert?: Partial<Standing['alert']>;
  plan?: Partial<Standing['plan']>;
  progress?: Partial<Standing['progress']>;
};

/** An open alert with steps at 0, 300 and 900 seconds, of which nothing was done. */
function standing({ alert, plan, progress }: Changes = {}): Standing {
  const none = { acknowledgeBy: null, acknowledgeBreachedAt: null, resolveBy: null, resolveBreachedAt: null };
  const steps = [0, 300, 900].map((afterSeconds, index) => ({ afterSeconds, channelIds: [index + 1] }));
  return {
    alert: { status: 'open', ...none, ...alert },
    plan: { steps, repeatCount: 0, repeatAfterSeconds: 600, ...plan },
    progress: { startedAt: at(0), step: 0, round: 0, announced: 'open', ...progress },
  };
}

/** All that is done until it is over, with the seconds from the start. */
function course(from: Standing): string[] {
  const done: string[] = [];
  for (let now = from, next = nextAction(now); next && done.length < 200; next = nextAction(now)) {
    const { action } = next;
    const what = action.type === 'step' ? `${action.round}.${action.step}` : Object.values(action)[1];
    done.push(`${action.type} ${what} at ${(next.at - START) / 1000}`);
    now = standingAfter(now, { action, now: new Date(next.at) });
  }
  return done;
}

describe('while nobody acknowledges', () => {
  it('the steps come in order, each at its time after the start, and then nothing', () => {
    expect(course(standing())).toEqual(['step 0.0 at 0', 'step 0.1 at 300', 'step 0.2 at 900']);
  });

  it('a round begins so long after the last step of the one before, as often as it repeats', () => {
    const plan = {
      steps: [60, 120].map((afterSeconds) => ({ afterSeconds, channelIds: [1] })),
      repeatCount: 2,
      repeatAfterSeconds: 600,
    };
    expect(course(standing({ plan }))).toEqual([
      ...['step 0.0 at 60', 'step 0.1 at 120', 'step 1.0 at 720', 'step 1.1 at 780'],
      ...['step 2.0 at 1380', 'step 2.1 at 1440'],
    ]);
  });

  it('missed targets come between the steps, behind a step of the same time', () => {
    const alert = { acknowledgeBy: at(300), resolveBy: at(3_600) };
    expect(course(standing({ alert }))).toEqual([
      ...['step 0.0 at 0', 'step 0.1 at 300', 'miss acknowledge at 300', 'step 0.2 at 900', 'miss resolve at 3600'],
    ]);
  });

  it('without steps only the targets are watched, and without targets nothing is', () => {
    const plan = { steps: [], repeatCount: 10 };
    expect(course(standing({ plan, alert: { resolveBy: at(60) } }))).toEqual(['miss resolve at 60']);
    expect(course(standing({ plan }))).toEqual([]);
  });

  it('steps that were taken away are passed over, and the next round is of those that there are', () => {
    const plan = { steps: [{ afterSeconds: 0, channelIds: [1] }], repeatCount: 1 };
    expect(course(standing({ plan, progress: { step: 2 } }))).toEqual(['step 1.0 at 600']);
    expect(nextStep(standing().plan, standing({ progress: { step: 7 } }).progress)).toBeUndefined();
  });
});

describe('a change of status', () => {
  const targets = { acknowledgeBy: at(600), resolveBy: at(3_600) };

  it('is announced before all else', () => {
    const changed = standing({ alert: { ...targets, status: 'resolved' } });
    expect(nextAction(changed)?.at).toBeLessThanOrEqual(START);
    expect(nextAction(changed)?.action).toEqual({ type: 'announce', status: 'resolved' });
  });

  it('to acknowledged ends the steps, and the target to resolve is still watched', () => {
    const alert = { ...targets, status: 'acknowledged' as const };
    expect(course(standing({ alert, progress: { announced: 'acknowledged', step: 1 } }))).toEqual([
      'miss resolve at 3600',
    ]);
  });

  it('to resolved ends it all', () => {
    const alert = { ...targets, status: 'resolved' as const };
    expect(course(standing({ alert, progress: { announced: 'resolved' } }))).toEqual([]);
  });

  it('back to open begins it anew, from then on', () => {
    const progress = { announced: 'resolved' as const, step: 3, round: 0 };
    const reopened = standing({ progress });
    const action = nextAction(reopened)?.action;
    expect(action).toEqual({ type: 'announce', status: 'open' });
    if (!action) return;
    const begun = standingAfter(reopened, { action, now: at(7_200) });
    expect(begun.progress).toEqual({ startedAt: at(7_200), step: 0, round: 0, announced: 'open' });
    expect(course(begun)).toEqual(['step 0.0 at 7200', 'step 0.1 at 7500', 'step 0.2 at 8100']);
  });

  it('leaves what was missed as it is: nothing is missed twice', () => {
    const alert = { ...targets, acknowledgeBreachedAt: at(600), resolveBreachedAt: at(3_600) };
    expect(course(standing({ alert, plan: { steps: [] } }))).toEqual([]);
  });
});
