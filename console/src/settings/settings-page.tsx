import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import { useCallback } from 'react';
import { SearchBox } from '../kit/search-box.tsx';
import { Page } from '../shell/page.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ProblemState } from '../ui/problem-state.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { SettingItem } from './setting-item.tsx';
import { type SettingGroup, settingsQuery } from './settings-queries.ts';

const route = getRouteApi('/app/admin/settings');

/** How this instance is set up. It is changed where it is deployed, so that nobody can do it from a browser. */
export function SettingsPage() {
  const { search = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch } = useQuery(settingsQuery);
  const searchFor = useCallback(
    (text: string) => void navigate({ search: { search: text || undefined }, replace: true }),
    [navigate],
  );
  const groups = data && matching(data.groups, search);
  return (
    <Page title="Settings" actions={<SearchBox label="Search settings" value={search} onChange={searchFor} />}>
      <div className="max-w-4xl space-y-8 p-4">
        <p className="text-muted">
          Settings are changed where Edgewatch is deployed, not here: variables under <code>[vars]</code> in{' '}
          <code>wrangler.toml</code> or in the environment of <code>npm start</code>, secrets by{' '}
          <code>wrangler secret put</code>.
        </p>
        {error && <ProblemState error={error} onRetry={() => void refetch()} />}
        {!error && !data && <ProgressBar label="Loading" />}
        {groups?.length === 0 && <EmptyState icon={SearchX} title="No setting matches" />}
        {groups?.map(({ name, settings }) => (
          <section key={name} aria-label={name}>
            <h2 className="mb-2 font-semibold">{name}</h2>
            <ul className="divide-y divide-line rounded-md border border-line">
              {settings.map((setting) => (
                <SettingItem key={setting.name} setting={setting} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Page>
  );
}

/** The settings that have the text in their name or description. */
function matching(groups: readonly SettingGroup[], search: string): SettingGroup[] {
  const wanted = search.toLowerCase();
  return groups
    .map(({ name, settings }) => ({
      name,
      settings: settings.filter((setting) => `${setting.name} ${setting.description}`.toLowerCase().includes(wanted)),
    }))
    .filter(({ settings }) => settings.length > 0);
}
