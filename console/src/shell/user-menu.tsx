import { useNavigate } from '@tanstack/react-router';
import { CircleUser, Keyboard, LogOut, UserRound } from 'lucide-react';
import { sheetOpen } from '../kit/shortcut-sheet.tsx';
import { signOut } from '../session/session.ts';
import { useSelf } from '../session/use-self.ts';
import { buttonClasses } from '../ui/button.tsx';
import { classes } from '../ui/classes.ts';
import { Menu } from '../ui/menu.tsx';
import { usePreferenceChoices } from './use-preference-choices.ts';

/** Who is signed in, how things are shown, and the way out. */
export function UserMenu({ showsName = false }: { showsName?: boolean }) {
  const { username, role } = useSelf();
  const navigate = useNavigate();
  const choices = usePreferenceChoices();
  return (
    <Menu
      label={showsName ? undefined : `Account of ${username}`}
      className={classes(
        buttonClasses({ look: 'quiet', size: showsName ? 'normal' : 'icon' }),
        showsName && 'w-full justify-start! px-2!',
      )}
      trigger={
        <>
          <CircleUser aria-hidden className="size-5" />
          {showsName && (
            <span className="truncate">
              {username} <span className="font-normal">({role})</span>
            </span>
          )}
        </>
      }
      entries={[
        { label: 'Profile', icon: UserRound, run: () => void navigate({ to: '/profile' }) },
        { label: 'Keyboard shortcuts', icon: Keyboard, run: () => sheetOpen.set(true) },
        'line',
        ...choices,
        'line',
        { label: 'Sign out', icon: LogOut, run: () => void signOut() },
      ]}
    />
  );
}
