// The sign of a breakpoint: a diamond, and beside it, where there is room, the words.

import { type ReactElement } from 'react';

/** The sign; without room for words they are in its name. */
export function BreakpointMark({ isWordy }: { readonly isWordy: boolean }): ReactElement {
  return (
    <span className="breakpoint-mark" title="It will stop here before it begins">
      <svg width={10} height={10} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        <path d="M8 1l7 7-7 7-7-7z" />
      </svg>
      {isWordy ? ' stops here' : null}
    </span>
  );
}
