import { useQuery } from '@tanstack/react-query';
import { SearchX } from 'lucide-react';
import { BrowseList } from '../kit/browse-list.tsx';
import { RefreshPill } from '../kit/refresh-pill.tsx';
import { useCursorList } from '../kit/use-cursor-list.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { auditColumns } from './audit-columns.tsx';
import { AuditPane } from './audit-pane.tsx';
import { type AuditRow, auditFilters, auditListKey, loadAuditRows, newestRowQuery } from './audit-queries.ts';
import type { AuditSearch } from './audit-search.ts';

type Props = { search: AuditSearch; onChange: (change: Partial<AuditSearch>) => void };

const NO_FILTERS = {
  actor: undefined,
  action: undefined,
  target: undefined,
  request_id: undefined,
  from: undefined,
  to: undefined,
};

/** The rows, newest first, and one of them beside the list. */
export function AuditList({ search, onChange }: Props) {
  const filters = auditFilters(search);
  const found = useCursorList<AuditRow>({
    queryKey: auditListKey(filters),
    load: (cursor, signal) => loadAuditRows(filters, { cursor, signal }),
  });
  const { data: newest = 0 } = useQuery(newestRowQuery(filters));
  const hasNew = found.isSuccess && newest > (found.rows[0]?.id ?? 0);
  const close = () => onChange({ preview: undefined });
  return (
    <div className="relative flex min-h-0 flex-1">
      <div className="relative flex min-h-0 min-w-0 flex-1 flex-col">
        <RefreshPill things="rows" news={hasNew ? 'New rows' : undefined} onShow={() => void found.refresh()} />
        <BrowseList
          label="Audit rows"
          columns={auditColumns}
          found={found}
          openId={search.preview}
          onOpen={(preview) => onChange({ preview })}
          onClose={close}
          empty={
            <EmptyState icon={SearchX} title="No row matches these filters">
              <Button onClick={() => onChange(NO_FILTERS)}>Clear the filters</Button>
            </EmptyState>
          }
        />
      </div>
      {search.preview && (
        <AuditPane
          id={search.preview}
          row={found.rows.find(({ id }) => id === search.preview)}
          onFilter={onChange}
          onClose={close}
        />
      )}
    </div>
  );
}
