// The switch between light, dark and as the system wants it.

import { type ReactElement, useState } from 'react';
import { applyTheme, rememberedTheme, THEMES } from './theme.ts';

const WORDS = { auto: 'Auto', light: 'Light', dark: 'Dark' } as const;

/** A button that goes round the themes. */
export function ThemeSwitch(): ReactElement {
  const [theme, setTheme] = useState(rememberedTheme);
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'auto';
  const change = (): void => {
    applyTheme(next);
    setTheme(next);
  };
  return (
    <button
      type="button"
      className="theme-switch"
      onClick={change}
      title={`Change to ${WORDS[next].toLowerCase()}`}
      aria-label={`Theme: ${WORDS[theme]}. Change to ${WORDS[next].toLowerCase()}`}
    >
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="6" className="mark-line" />
        {theme === 'light' ? <circle cx="8" cy="8" r="2.5" className="mark-full" /> : null}
        {theme === 'dark' ? <circle cx="8" cy="8" r="6" className="mark-full" /> : null}
        {theme === 'auto' ? <path d="M8 2a6 6 0 0 1 0 12z" className="mark-full" /> : null}
      </svg>
      <span>{WORDS[theme]}</span>
    </button>
  );
}
