import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { answerOf, client } from '../api/client.ts';
import { useActions } from '../kit/use-actions.ts';
import { useOrder } from '../kit/use-order.ts';
import { WholeList } from '../kit/whole-list.tsx';
import { useMay } from '../session/use-self.ts';
import { Page } from '../shell/page.tsx';
import { Button } from '../ui/button.tsx';
import { NoPolicies } from './no-policies.tsx';
import { PolicyDialog } from './policy-dialog.tsx';
import { PolicyItem } from './policy-item.tsx';
import { policiesQuery } from './policy-queries.ts';
import type { PolicySearch } from './policy-search.ts';
import { TryDialog } from './try-dialog.tsx';

const route = getRouteApi('/app/admin/escalation-policies');

/** Who is told of an alert, and when, in the order in which the policies are tried. */
export function PoliciesPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayManage = useMay()('escalation.manage');
  const query = useQuery(policiesQuery);
  const policies = query.data?.data ?? [];
  const show = (shown: PolicySearch) => void navigate({ search: shown, replace: true });
  const add = () => show({ new: true });
  const trial = { label: 'Try the escalation policies', keys: 't', run: () => show({ try: true }) };
  const adding = { label: 'Add an escalation policy', keys: 'c', run: add };
  useActions('Escalation policies', mayManage ? [adding, trial] : [trial]);
  const move = useOrder({
    queryKey: policiesQuery.queryKey,
    items: policies,
    move: (id, position) =>
      answerOf(client.PATCH('/escalation-policies/{id}', { params: { path: { id } }, body: { position } })),
    mayMove: mayManage,
  });
  const edited = policies.find(({ id }) => id === search.edit);
  const actions = (
    <>
      <Button size="small" onClick={trial.run}>
        Try
      </Button>
      {mayManage && (
        <Button look="primary" size="small" onClick={add}>
          New policy
        </Button>
      )}
    </>
  );
  return (
    <Page title="Escalation policies" actions={actions}>
      <WholeList label="Escalation policies" query={query} empty={<NoPolicies onAdd={mayManage ? add : undefined} />}>
        {(policy, index) => (
          <PolicyItem
            key={policy.id}
            policy={policy}
            place={{ number: index + 1, of: policies.length }}
            onMove={mayManage ? move : undefined}
            onEdit={() => show({ edit: policy.id })}
          />
        )}
      </WholeList>
      {mayManage && (search.new || edited) && (
        <PolicyDialog key={edited?.id} policy={edited} onClose={() => show({})} />
      )}
      {search.try && <TryDialog onClose={() => show({})} />}
    </Page>
  );
}
