import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { answerOf, client } from '../api/client.ts';
import { useActions } from '../kit/use-actions.ts';
import { useOrder } from '../kit/use-order.ts';
import { WholeList } from '../kit/whole-list.tsx';
import { useMay } from '../session/use-self.ts';
import { Page } from '../shell/page.tsx';
import { Button } from '../ui/button.tsx';
import { groupingRulesQuery } from './grouping-queries.ts';
import { GroupingRuleDialog } from './grouping-rule-dialog.tsx';
import { GroupingRuleItem } from './grouping-rule-item.tsx';
import type { GroupingSearch } from './grouping-search.ts';
import { NoGroupingRules } from './no-grouping-rules.tsx';

const route = getRouteApi('/app/admin/grouping-rules');

/** The rules that give events a key, in their order: the first that holds counts. */
export function GroupingRulesPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayManage = useMay()('grouping.manage');
  const query = useQuery(groupingRulesQuery);
  const rules = query.data?.data ?? [];
  const show = (shown: GroupingSearch) => void navigate({ search: shown, replace: true });
  const add = () => show({ new: true });
  useActions('Grouping rules', mayManage ? [{ label: 'Add a grouping rule', keys: 'c', run: add }] : []);
  const move = useOrder({
    queryKey: groupingRulesQuery.queryKey,
    items: rules,
    move: (id, position) =>
      answerOf(client.PATCH('/grouping-rules/{id}', { params: { path: { id } }, body: { position } })),
    mayMove: mayManage,
  });
  const edited = rules.find(({ id }) => id === search.edit);
  return (
    <Page
      title="Grouping rules"
      actions={
        mayManage && (
          <Button look="primary" size="small" onClick={add}>
            New rule
          </Button>
        )
      }
    >
      <WholeList label="Grouping rules" query={query} empty={<NoGroupingRules onAdd={mayManage ? add : undefined} />}>
        {(rule, index) => (
          <GroupingRuleItem
            key={rule.id}
            rule={rule}
            place={{ number: index + 1, of: rules.length }}
            onMove={mayManage ? move : undefined}
            onEdit={() => show({ edit: rule.id })}
          />
        )}
      </WholeList>
      {mayManage && (search.new || edited) && (
        <GroupingRuleDialog key={edited?.id} rule={edited} onClose={() => show({})} />
      )}
    </Page>
  );
}
