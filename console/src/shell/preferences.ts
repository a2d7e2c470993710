import { Store, useStore } from '../core/store.ts';

/** How this browser shows things. Kept here and not in the account: screens differ more than people. */
export type Preferences = {
  theme: 'system' | 'light' | 'dark';
  density: 'comfortable' | 'compact';
  time: 'relative' | 'absolute' | 'utc';
};

// public/preferences.js reads it before the first paint.
const KEY = 'edgewatch.preferences';
const DEFAULTS: Preferences = { theme: 'system', density: 'comfortable', time: 'relative' };

const ALLOWED: { [Name in keyof Preferences]: readonly Preferences[Name][] } = {
  theme: ['system', 'light', 'dark'],
  density: ['comfortable', 'compact'],
  time: ['relative', 'absolute', 'utc'],
};

const preferences = new Store(read());

// Another tab changed them.
addEventListener('storage', ({ key }) => {
  if (key === KEY) show(read());
});

export function usePreferences(): Preferences {
  return useStore(preferences);
}

export function changePreferences(change: Partial<Preferences>): void {
  const changed = { ...preferences.get(), ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(changed));
  } catch {
    // Without storage they last as long as the page.
  }
  show(changed);
}

/** The next value of a preference, for a shortcut that goes round. */
export function cyclePreference(name: keyof Preferences): void {
  const values: readonly string[] = ALLOWED[name];
  const next = values[(values.indexOf(preferences.get()[name]) + 1) % values.length];
  changePreferences({ [name]: next });
}

function show(changed: Preferences): void {
  const { dataset } = document.documentElement;
  if (changed.theme === 'system') delete dataset.theme;
  else dataset.theme = changed.theme;
  dataset.density = changed.density;
  preferences.set(changed);
}

function read(): Preferences {
  try {
    const saved: Partial<Record<keyof Preferences, string>> = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return { theme: pick('theme', saved), density: pick('density', saved), time: pick('time', saved) };
  } catch {
    return DEFAULTS;
  }
}

function pick<Name extends keyof Preferences>(name: Name, saved: Partial<Record<Name, string>>): Preferences[Name] {
  const allowed: readonly Preferences[Name][] = ALLOWED[name];
  return allowed.find((value) => value === saved[name]) ?? DEFAULTS[name];
}
