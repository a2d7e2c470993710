import { getRouteApi } from '@tanstack/react-router';
import { ListFilter, ShieldCheck } from 'lucide-react';
import { useCallback } from 'react';
import { useActions } from '../kit/use-actions.ts';
import { Page } from '../shell/page.tsx';
import { Button } from '../ui/button.tsx';
import { AuditExportMenu } from './audit-export-menu.tsx';
import { AuditFilterChips } from './audit-filter-chips.tsx';
import { AuditFilterDialog } from './audit-filter-dialog.tsx';
import { AuditList } from './audit-list.tsx';
import { auditFilters } from './audit-queries.ts';
import type { AuditSearch } from './audit-search.ts';
import { VerifyDialog } from './verify-dialog.tsx';

const route = getRouteApi('/app/admin/audit-log');

/** Who did what to which thing, and whether that is still what was written. */
export function AuditPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = useCallback(
    (changed: Partial<AuditSearch>) =>
      void navigate({ search: (before) => ({ ...before, ...changed }), replace: true }),
    [navigate],
  );
  const close = useCallback(() => change({ open: undefined }), [change]);
  const filter = () => change({ open: 'filter' });
  const verify = () => change({ open: 'verify' });
  useActions('Audit log', [
    { label: 'Filter the audit log', keys: 'f', run: filter },
    { label: 'Verify the audit log', run: verify },
  ]);
  const actions = (
    <>
      <AuditFilterChips search={search} onChange={change} />
      <Button size="small" onClick={filter}>
        <ListFilter aria-hidden className="size-4" />
        Filter
      </Button>
      <AuditExportMenu filters={auditFilters(search)} />
      <Button size="small" onClick={verify}>
        <ShieldCheck aria-hidden className="size-4" />
        Verify
      </Button>
    </>
  );
  return (
    <Page title="Audit log" full actions={actions}>
      <AuditList search={search} onChange={change} />
      {search.open === 'filter' && <AuditFilterDialog search={search} onChange={change} onClose={close} />}
      {search.open === 'verify' && <VerifyDialog onClose={close} />}
    </Page>
  );
}
