// Why something did not succeed, and what to do next.

import { type ReactElement, type ReactNode } from 'react';
import { type Failure } from '../api/shapes.ts';
import { PhaseMark } from './PhaseMark.tsx';

const WHO: Readonly<Record<string, string>> = {
  USER: 'For the author of the step to look at',
  PLATFORM: 'For whoever runs this server to look at',
  TIMEOUT: 'It took too long',
  INTERNAL: 'A fault of Downbeat itself',
};

/** A failure in words. */
export function FailureNote({
  failure,
  children,
}: {
  readonly failure: Failure;
  readonly children?: ReactNode;
}): ReactElement {
  return (
    <div className="failure">
      <PhaseMark phase="FAILED" />
      <div>
        <p className="failure-message">{failure.message}</p>
        {failure.hint === null ? null : <p>{failure.hint}</p>}
        <p className="quiet">
          {WHO[failure.kind] ?? failure.kind} · <code>{failure.code}</code>
          {failure.retryable ? ' · trying again may help' : ''}
        </p>
        {children}
      </div>
    </div>
  );
}
