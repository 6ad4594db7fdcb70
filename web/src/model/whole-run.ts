// A run of more steps than one page has: those of the first page, which the run came with, and those that were read after it.

import { type RunPicture } from '../api/documents.ts';
import { type StepState } from '../api/shapes.ts';

/** The run with all its steps in order. What a change has brought of a step is newer than what a page had of it. */
export function wholeRun(picture: RunPicture, first: readonly StepState[], further: readonly StepState[]): RunPicture {
  if (further.length === 0) return picture;
  const live = new Map(picture.steps.nodes.map((step) => [step.stepId, step]));
  const paged = new Map([...first, ...further].map((step) => [step.stepId, step]));
  const ordered = [...paged.values()].map((step) => live.get(step.stepId) ?? step);
  const added = picture.steps.nodes.filter(({ stepId }) => !paged.has(stepId));
  return { ...picture, steps: { nodes: [...ordered, ...added] } };
}
