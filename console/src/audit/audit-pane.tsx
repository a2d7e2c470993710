import type { ReactNode } from 'react';
import { Fields } from '../kit/fields.tsx';
import { FieldsOrJson } from '../kit/fields-or-json.tsx';
import { SidePane } from '../kit/side-pane.tsx';
import { TimeText } from '../kit/time-text.tsx';
import { ValueMenu } from '../kit/value-menu.tsx';
import type { AuditRow } from './audit-queries.ts';
import { type AuditSearch, FILTER_NAMES, TEXT_FILTERS } from './audit-search.ts';
import { Difference } from './difference.tsx';

type Props = {
  id: number;
  /** Unknown while the list has not come to it. */
  row: AuditRow | undefined;
  onFilter: (change: Partial<AuditSearch>) => void;
  onClose: () => void;
};

/** One row of the audit log: who did what from where, and what it made another. */
export function AuditPane({ id, row, onFilter, onClose }: Props) {
  return (
    <SidePane title={`Row ${id}`} onClose={onClose}>
      {!row && <p className="text-muted">This row is not among those loaded. Scroll to it, or change the filters.</p>}
      {row && (
        <FieldsOrJson value={row}>
          <div className="space-y-6">
            <Difference before={row.before} after={row.after} />
            <Fields
              label="Row"
              fields={[
                ['Time', <TimeText key="time" time={row.timestamp} />],
                ...TEXT_FILTERS.map((name): [string, ReactNode] => [
                  FILTER_NAMES[name],
                  <ValueMenu
                    key={name}
                    field={FILTER_NAMES[name].toLowerCase()}
                    value={row[name]}
                    onInclude={() => onFilter({ [name]: row[name] })}
                  />,
                ]),
                ['Address', row.ip],
              ]}
            />
          </div>
        </FieldsOrJson>
      )}
    </SidePane>
  );
}
