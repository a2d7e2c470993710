import type { MenuChoice } from '../ui/menu.tsx';
import { changePreferences, type Preferences, usePreferences } from './preferences.ts';

const LABELS: { [Name in keyof Preferences]: { label: string; values: Record<Preferences[Name], string> } } = {
  theme: { label: 'Theme', values: { system: 'As the system', light: 'Light', dark: 'Dark' } },
  density: { label: 'Density', values: { comfortable: 'Comfortable', compact: 'Compact' } },
  time: { label: 'Times', values: { relative: 'Relative (5m ago)', absolute: 'Local', utc: 'UTC' } },
};

/** Theme, density and display of times, as choices of a menu. */
export function usePreferenceChoices(): MenuChoice[] {
  const preferences = usePreferences();
  return (['theme', 'density', 'time'] as const).map((name) => ({
    label: LABELS[name].label,
    value: preferences[name],
    options: Object.entries(LABELS[name].values).map(([value, label]) => ({ value, label })),
    onChoose: (value) => changePreferences({ [name]: value }),
  }));
}
