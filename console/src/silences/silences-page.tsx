import { getRouteApi } from '@tanstack/react-router';
import { FilterChips } from '../kit/filter-chips.tsx';
import { Segments } from '../kit/segments.tsx';
import { useActions } from '../kit/use-actions.ts';
import { useMay } from '../session/use-self.ts';
import { Page } from '../shell/page.tsx';
import { Button } from '../ui/button.tsx';
import { EditSilence } from './edit-silence.tsx';
import { SilenceDialog } from './silence-dialog.tsx';
import { SilenceList } from './silence-list.tsx';
import type { SilenceState } from './silence-queries.ts';
import type { SilenceSearch } from './silence-search.ts';

const route = getRouteApi('/app/admin/silences');

const STATES: { value: SilenceState; label: string }[] = [
  { value: 'active', label: 'Active' },
  { value: 'scheduled', label: 'Planned' },
  { value: 'ended', label: 'Ended' },
];

/** Which events raise no alert for a while. */
export function SilencesPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayManage = useMay()('silence.manage');
  const { state = 'active', window } = search;
  const shown: SilenceSearch = { state: search.state, window };
  const show = (changed: SilenceSearch) => void navigate({ search: { ...shown, ...changed }, replace: true });
  const add = () => show({ new: true });
  useActions('Silences', mayManage ? [{ label: 'Silence events', keys: 'c', run: add }] : []);
  const actions = (
    <>
      <FilterChips
        chips={[{ label: 'Window', value: window?.toString(), onRemove: () => show({ window: undefined }) }]}
      />
      <Segments
        label="State"
        value={state}
        options={STATES}
        onChange={(value) => show({ state: value === 'active' ? undefined : value })}
      />
      {mayManage && (
        <Button look="primary" size="small" onClick={add}>
          New silence
        </Button>
      )}
    </>
  );
  return (
    <Page title="Silences" actions={actions}>
      <SilenceList
        filters={{ state, window }}
        onEdit={mayManage ? (id) => show({ edit: id }) : undefined}
        onAdd={mayManage ? add : undefined}
      />
      {mayManage && search.new && (
        <SilenceDialog
          silence={undefined}
          about={search}
          onSaved={({ state: of }) => show({ state: of === 'active' ? undefined : of })}
          onClose={() => show({})}
        />
      )}
      {mayManage && search.edit && <EditSilence id={search.edit} onClose={() => show({})} />}
    </Page>
  );
}
