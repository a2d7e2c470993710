import { Download } from 'lucide-react';
import { useState } from 'react';
import { formatSize } from '../kit/format-size.ts';
import { saveFile } from '../kit/save-file.ts';
import { useActions } from '../kit/use-actions.ts';
import { toastProblem } from '../shell/toast.ts';
import { Button, buttonClasses } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import type { AuditFilters } from './audit-queries.ts';

/** Saves what the list shows, or the signed seals that prove it. How much has come is shown on the way. */
export function AuditExportMenu({ filters }: { filters: AuditFilters }) {
  const [bytes, setBytes] = useState<number>();
  async function save(path: string, filename: string) {
    setBytes(0);
    await saveFile({ path, filename, onBytes: setBytes }).catch(toastProblem);
    setBytes(undefined);
  }
  function saveRows(format: 'csv' | 'ndjson') {
    const given = Object.entries(filters).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
    return save(`/auditlogs/export?${new URLSearchParams([['format', format], ...given])}`, `audit-log.${format}`);
  }
  const entries = [
    { label: 'Rows as CSV', run: () => void saveRows('csv') },
    { label: 'Rows as NDJSON', run: () => void saveRows('ndjson') },
    { label: 'Signed seals', run: () => void save('/auditlogs/seals', 'audit-seals.ndjson') },
  ];
  useActions(
    'Export',
    entries.map(({ label, run }) => ({ label: `Save: ${label}`, run })),
  );
  if (bytes !== undefined) {
    return (
      <Button size="small" disabled>
        <Download aria-hidden className="size-4" />
        {formatSize(bytes)}
      </Button>
    );
  }
  return (
    <Menu
      className={buttonClasses({ size: 'small' })}
      trigger={
        <>
          <Download aria-hidden className="size-4" />
          Export
        </>
      }
      entries={entries}
    />
  );
}
