// What a run made: the files of all its steps, those first that a person most likely came for.

import { type ReactElement } from 'react';
import { type StepState } from '../../api/shapes.ts';
import { resultsOf } from '../../model/results.ts';
import { ArtifactItem } from './ArtifactItem.tsx';

/** The files of a run; nothing while there are none. */
export function Results({
  steps,
  onSelect,
}: {
  readonly steps: readonly StepState[];
  readonly onSelect: (stepId: string) => void;
}): ReactElement | null {
  const results = resultsOf(steps);
  if (results.length === 0) return null;
  return (
    <section>
      <h2>What it made</h2>
      <ul className="artifacts">
        {results.map((result) => (
          <ArtifactItem key={`${result.stepId}/${result.artifact.path}`} result={result} onSelect={onSelect} />
        ))}
      </ul>
    </section>
  );
}
