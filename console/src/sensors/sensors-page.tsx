import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { SearchBox } from '../kit/search-box.tsx';
import { useActions } from '../kit/use-actions.ts';
import { Page } from '../shell/page.tsx';
import { Button } from '../ui/button.tsx';
import { Key } from '../ui/key.tsx';
import { Select } from '../ui/select.tsx';
import { NewSensorDialog } from './new-sensor-dialog.tsx';
import { SensorList } from './sensor-list.tsx';
import type { SensorSearch } from './sensor-search.ts';

const route = getRouteApi('/app/admin/sensors');

const STATES = [
  { value: '', label: 'All' },
  { value: 'true', label: 'Enabled' },
  { value: 'false', label: 'Paused or revoked' },
];

/** What posts events: its keys, its last sign of life, where it was seen. */
export function SensorsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = useCallback(
    (changed: Partial<SensorSearch>) =>
      void navigate({ search: (before) => ({ ...before, ...changed }), replace: true }),
    [navigate],
  );
  const searchFor = useCallback((text: string) => change({ search: text || undefined }), [change]);
  const add = () => change({ new: true });
  useActions('Sensors', [{ label: 'Add a sensor', keys: 'c', run: add }]);
  const actions = (
    <>
      <SearchBox label="Search sensors" value={search.search ?? ''} onChange={searchFor} />
      <Select
        aria-label="Show"
        className="h-7! w-40!"
        options={STATES}
        value={search.enabled === undefined ? '' : String(search.enabled)}
        onChange={({ target: { value } }) => change({ enabled: value === '' ? undefined : value === 'true' })}
      />
      <Button look="primary" size="small" onClick={add}>
        Add a sensor{' '}
        <span aria-hidden className="max-md:hidden">
          <Key keys="c" />
        </span>
      </Button>
    </>
  );
  return (
    <Page title="Sensors" full actions={actions}>
      <SensorList search={search} onChange={change} onAdd={add} />
      {search.new && <NewSensorDialog onClose={() => change({ new: undefined })} />}
    </Page>
  );
}
