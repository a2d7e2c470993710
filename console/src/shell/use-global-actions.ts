import { useNavigate } from '@tanstack/react-router';
import { paletteOpen } from '../kit/command-palette.tsx';
import { sheetOpen } from '../kit/shortcut-sheet.tsx';
import { useShellActions } from '../kit/use-actions.ts';
import { signOut } from '../session/session.ts';
import { cyclePreference } from './preferences.ts';
import { undoLatest } from './toast.ts';
import { useAdminPlaces } from './use-admin-places.ts';
import { useDestinations } from './use-destinations.ts';

/** What can be done on every page. */
export function useGlobalActions(): void {
  const navigate = useNavigate();
  const destinations = useDestinations();
  // A place of Admin may be a destination of its own, with keys.
  const known = new Set<string>(destinations.map(({ to }) => to));
  const places = useAdminPlaces().filter(({ to }) => !known.has(to));
  useShellActions('Go to', [
    ...destinations.map(({ to, label, keys }) => ({ label, keys, run: () => void navigate({ to }) })),
    ...places.map(({ to, label }) => ({ label, run: () => void navigate({ to }) })),
    { label: 'Profile', keys: 'g p', run: () => void navigate({ to: '/profile' }) },
  ]);
  useShellActions('Everywhere', [
    { label: 'Search or go', keys: 'mod+k', run: () => paletteOpen.set(true), inPalette: false },
    { label: 'Show keyboard shortcuts', keys: '?', run: () => sheetOpen.set(true) },
    { label: 'Change theme', keys: 'v t', run: () => cyclePreference('theme') },
    { label: 'Change density', keys: 'v d', run: () => cyclePreference('density') },
    { label: 'Change display of times', keys: 'v u', run: () => cyclePreference('time') },
    { label: 'Undo', keys: 'z', run: undoLatest, inPalette: false },
    { label: 'Sign out', run: () => void signOut() },
  ]);
}
