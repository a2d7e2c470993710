import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Bookmark, BookmarkPlus, Star, Trash2, Users } from 'lucide-react';
import { useState } from 'react';
import { answerOf, client } from '../api/client.ts';
import { useSelf } from '../session/use-self.ts';
import { toast, toastProblem } from '../shell/toast.ts';
import { buttonClasses } from '../ui/button.tsx';
import { Menu, type MenuEntry } from '../ui/menu.tsx';
import { SaveViewDialog } from './save-view-dialog.tsx';
import { useActions } from './use-actions.ts';
import { type SavedView, type Screen, type ScreenSearch, viewSearch, viewsQuery, viewText } from './view-queries.ts';

type Props = {
  screen: Screen;
  search: ScreenSearch;
  onOpen: (search: Record<string, string | number | undefined>) => void;
};

/** The saved views of a screen: open one, save what is shown, drop the one that is shown. */
export function ViewsMenu({ screen, search, onOpen }: Props) {
  const queries = useQueryClient();
  const { username } = useSelf();
  const { data: views = [] } = useQuery(viewsQuery(screen));
  const [isSaving, setIsSaving] = useState(false);
  const text = viewText(search);
  const current = views.find((view) => viewText(viewSearch(view)) === text);
  const drop = useMutation({
    mutationFn: ({ id }: SavedView) => answerOf(client.DELETE('/views/{id}', { params: { path: { id } } })),
    onSuccess: (_, { name }) => {
      toast({ title: `View ${name} deleted` });
      void queries.invalidateQueries(viewsQuery(screen));
    },
    onError: toastProblem,
  });
  const entries: MenuEntry[] = views.map((view) => ({
    label: view.name + (view.owner === username ? '' : ` · ${view.owner}`),
    icon: view.default && view.owner === username ? Star : view.shared ? Users : Bookmark,
    run: () => onOpen(viewSearch(view)),
  }));
  if (views.length > 0) entries.push('line');
  entries.push({ label: 'Save this view', icon: BookmarkPlus, run: () => setIsSaving(true) });
  if (current?.owner === username) {
    entries.push({ label: `Delete ${current.name}`, icon: Trash2, run: () => drop.mutate(current) });
  }
  useActions('Views', [
    { label: 'Save this view', keys: 'Shift+v', run: () => setIsSaving(true) },
    ...views.map((view) => ({ label: `Open the view ${view.name}`, run: () => onOpen(viewSearch(view)) })),
  ]);
  return (
    <>
      <Menu
        trigger={
          <>
            <Bookmark aria-hidden className="size-4" />
            <span className="max-w-32 truncate">{current?.name ?? 'Views'}</span>
          </>
        }
        className={buttonClasses({ size: 'small' })}
        entries={entries}
      />
      {isSaving && <SaveViewDialog screen={screen} text={text} onClose={() => setIsSaving(false)} />}
    </>
  );
}
