// The steps that a run runs: those of its definition, or of an iteration those inside its loop.

import { type StepDefinition } from '../api/shapes.ts';

/** Steps, and those that come last whatever became of the others. */
export interface Body {
  readonly steps: readonly StepDefinition[];
  readonly finals: readonly StepDefinition[];
}

/** What a run runs; undefined where the definition does not tell. `path` is the way to an iteration: `each[2]/inner[0]`. */
export function bodyOf(
  definition: { readonly steps: readonly StepDefinition[]; readonly finally: readonly StepDefinition[] } | null,
  path: string | null,
): Body | undefined {
  if (definition === null) return undefined;
  const { steps, finally: finals } = definition;
  if (path === null) return { steps, finals };
  const inside = path
    .split('/')
    .reduce<readonly StepDefinition[] | undefined>(
      (around, segment) => around?.find(({ stepId }) => stepId === segment.slice(0, segment.lastIndexOf('[')))?.steps,
      [...steps, ...finals],
    );
  return inside === undefined ? undefined : { steps: inside, finals: [] };
}

/** Whether the step holds more than itself, and is drawn taller for it: a loop, or a step that runs another workflow. */
export function isTall({ kind }: Pick<StepDefinition, 'kind'>): boolean {
  return isLoop(kind) || kind === 'workflow';
}

/** Whether a step of that kind is a loop. */
export function isLoop(kind: string): boolean {
  return kind === 'foreach' || kind === 'while';
}
