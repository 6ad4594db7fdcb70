// Light, dark, or as the system wants it; remembered where the browser allows that.

/** The choices, in the order in which the switch goes round. */
export const THEMES = ['auto', 'light', 'dark'] as const;

/** A choice. */
export type Theme = (typeof THEMES)[number];

const KEY = 'downbeat.theme';

/** The remembered choice; `auto` when there is none. */
export function rememberedTheme(): Theme {
  try {
    const kept = window.localStorage.getItem(KEY);
    return THEMES.find((theme) => theme === kept) ?? 'auto';
  } catch {
    return 'auto';
  }
}

/** Shows the page in the theme, and remembers it. */
export function applyTheme(theme: Theme): void {
  if (theme === 'auto') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  try {
    window.localStorage.setItem(KEY, theme);
  } catch {
    // A browser that keeps nothing: the choice lasts until the page is loaded again.
  }
}
