// The name and its sign: a bar line, and the note that falls right behind it.

import { type ReactElement } from 'react';

/** The name of the page. */
export function Wordmark(): ReactElement {
  return (
    <>
      <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true" className="brand-mark">
        <rect x="2" y="2" width="2.6" height="18" className="brand-bar" />
        <rect x="6.4" y="2" width="1.2" height="18" className="brand-bar" />
        <ellipse cx="14" cy="16" rx="4.6" ry="3.5" transform="rotate(-20 14 16)" className="brand-note" />
        <rect x="16.8" y="2" width="1.5" height="13.4" className="brand-note" />
      </svg>
      <span>Downbeat</span>
    </>
  );
}
