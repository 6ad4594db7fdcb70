// A run on the screen: what was read of it, and what each change adds. Nothing is shown twice, whatever is delivered again.

import { type RunPicture } from '../api/documents.ts';
import { type RunFrame } from '../api/frames.ts';
import { type RunEvent, type StepState } from '../api/shapes.ts';

const KEPT_EVENTS = 1_000;

/** The run after a change. A snapshot replaces the steps; a commit brings only those that changed. */
export function runAfter(picture: RunPicture, frame: RunFrame): RunPicture {
  const run = frame.run ?? picture;
  const steps = frame.kind === 'SNAPSHOT' ? frame.steps : merged(picture.steps.nodes, frame.steps);
  return {
    ...picture,
    ...run,
    cursor: frame.cursor,
    steps: { nodes: steps },
    timeline: eventsAfter(picture.timeline, frame.events),
  };
}

function merged(known: readonly StepState[], changed: readonly StepState[]): readonly StepState[] {
  const fresh = new Map(changed.map((step) => [step.stepId, step]));
  const kept = known.map((step) => fresh.get(step.stepId) ?? step);
  const added = changed.filter((step) => known.every((other) => other.stepId !== step.stepId));
  return [...kept, ...added];
}

/** A commit may hold several events, all with its cursor: an event is known by its whole content. */
function eventsAfter(known: readonly RunEvent[], happened: readonly RunEvent[]): readonly RunEvent[] {
  const seen = new Set(known.map(keyOf));
  const fresh = happened.filter((event) => !seen.has(keyOf(event)));
  return fresh.length === 0 ? known : [...known, ...fresh].slice(-KEPT_EVENTS);
}

function keyOf({ cursor, type, stepId, text }: RunEvent): string {
  return [cursor, type, stepId ?? '', text].join('\n');
}
