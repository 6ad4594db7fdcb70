// The sign of a phase: nine shapes that differ without colour, drawn in the colour of their phase.

import { type ReactElement } from 'react';
import { type Phase } from '../words/status-words.ts';

const SHAPES: Readonly<Record<Phase, ReactElement>> = {
  QUEUED: (
    <>
      <circle cx="8" cy="8" r="6" className="mark-line" />
      <path d="M8 4.6V8l2.4 1.6" className="mark-line" />
    </>
  ),
  PAUSED: (
    <>
      <rect x="2.5" y="2" width="4" height="12" rx="1" className="mark-full" />
      <rect x="9.5" y="2" width="4" height="12" rx="1" className="mark-full" />
    </>
  ),
  IGNORED: (
    <>
      <path d="M8 1.4L15.2 14.4H0.8z" className="mark-line mark-joined" />
      <path d="M8 6v4M8 12v.4" className="mark-line" />
    </>
  ),
  WAITING: <circle cx="8" cy="8" r="6" className="mark-line mark-dashed" />,
  RUNNING: (
    <>
      <circle cx="8" cy="8" r="6" className="mark-line mark-faint" />
      <path d="M8 2a6 6 0 0 1 6 6" className="mark-line mark-turning" />
      <circle cx="8" cy="8" r="2.4" className="mark-full" />
    </>
  ),
  SUCCEEDED: (
    <>
      <circle cx="8" cy="8" r="7" className="mark-full" />
      <path d="M4.8 8.2l2.2 2.2 4.2-4.6" className="mark-cut" />
    </>
  ),
  SKIPPED: (
    <>
      <rect x="1.5" y="4" width="13" height="8" rx="4" className="mark-line" />
      <path d="M5 8h6" className="mark-line" />
    </>
  ),
  FAILED: (
    <>
      <path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z" className="mark-full" />
      <path d="M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2" className="mark-cut" />
    </>
  ),
  STOPPED: <rect x="2.5" y="2.5" width="11" height="11" rx="1.5" className="mark-full" />,
};

/** The sign of a phase; what it means stands beside it in words. */
export function PhaseMark({ phase, size = 16 }: { readonly phase: Phase; readonly size?: number }): ReactElement {
  return (
    <svg
      className={`mark phase-${phase}`}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
    >
      {SHAPES[phase]}
    </svg>
  );
}
