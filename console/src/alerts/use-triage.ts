import { useState } from 'react';
import { useActions } from '../kit/use-actions.ts';
import { useMay, useSelf } from '../session/use-self.ts';
import { toast } from '../shell/toast.ts';
import { confirmed } from './alert-cache.ts';
import { named, type Targets } from './targets.ts';
import { type Promotion, refusalOf, type TriageChange } from './triage-change.ts';
import { usePromote } from './use-promote.ts';
import { useTriageMany } from './use-triage-many.ts';
import { useTriageOne } from './use-triage-one.ts';

type Options = {
  /** What an action is about: the row under the cursor, the selection, the alert of the page. */
  targets: Targets | null;
  /** What was meant has been dealt with. */
  onActed?: () => void;
};

export type Asked = 'resolve' | 'assign' | 'incident';

/** Triage by key, by palette and by button, of one alert or of many. */
export function useTriage({ targets, onActed }: Options) {
  const { username } = useSelf();
  const may = useMay()('alert.triage');
  const one = useTriageOne();
  const many = useTriageMany();
  const promote = usePromote(many.tell);
  const [asked, setAsked] = useState<{ for: Asked; targets: Targets } | null>(null);

  function apply(change: TriageChange, about = targets) {
    if (!about) return;
    setAsked(null);
    const [first] = about.alerts;
    if (about.alerts.length === 1 && first && !about.matching) {
      const title = refusalOf(change, first);
      if (title) return void toast({ title });
      void one({ seen: confirmed(first), change });
    } else void many.change({ targets: about, change });
    onActed?.();
  }
  async function link(promotion: Promotion, about: Targets) {
    await promote({ targets: about, promotion });
    setAsked(null);
    onActed?.();
  }
  const ask = (what: Asked) => () => {
    if (targets) setAsked({ for: what, targets });
  };
  const acts = {
    acknowledge: () => apply({ action: 'acknowledge' }),
    resolve: ask('resolve'),
    assign: ask('assign'),
    take: () => apply({ action: 'assign', assignee: username }),
    promote: ask('incident'),
  };
  const what = targets ? named(targets).toLowerCase() : 'alert';
  useActions(
    'Triage',
    may
      ? [
          { label: `Acknowledge ${what}`, keys: 'e', run: acts.acknowledge },
          { label: `Resolve ${what}`, keys: 'r', run: acts.resolve },
          { label: `Assign ${what}`, keys: 'a', run: acts.assign },
          { label: `Assign ${what} to me`, keys: 'm', run: acts.take },
          { label: `Add ${what} to an incident`, keys: 'i', run: acts.promote },
        ]
      : [],
  );
  return { may, acts, asked, close: () => setAsked(null), apply, link, bulk: many.state, dismiss: many.dismiss };
}

export type Triage = ReturnType<typeof useTriage>;
