// Changes as the schema shows them. What a change carries beside its ids is read when a field asks for it.

import { type EntityId, kindOf } from '../../core/ids.ts';
import { type RecordedEvent } from '../../core/partition/entity.ts';
import { type RunEvent } from '../../core/run/events.ts';
import { type Change as EngineChange, type RunChange as EngineRunChange, type RunView } from '../../engine/engine.ts';
import { type ChangeKind, type RunChange } from '../generated/schema.ts';
import { runEventsOf } from './event-text.ts';
import { runOf, type RunSource } from './run.ts';
import { type SignalSource } from './signal.ts';
import { stepOf, type StepSource, stepsOf } from './step.ts';
import { type WorkflowSource } from './workflow.ts';

/** The frame of every change. */
export interface Frame extends Pick<RunChange, 'cursor' | 'at'> {
  readonly kind: ChangeKind;
}

/** What the fields of `RunChange` are resolved from. */
export interface RunChangeSource extends Frame, Pick<RunChange, 'events'> {
  readonly run?: RunSource | null;
  readonly steps: readonly StepSource[];
}

/** What the fields of `Change` are resolved from: entities that changed, or for a SNAPSHOT the runs that go on. */
export interface ChangeSource extends Frame {
  readonly entities: readonly EntityId[];
  readonly snapshot?: readonly RunSource[];
}

/** What the fields of `WorkflowChange` are resolved from. */
export interface WorkflowChangeSource extends ChangeSource {
  readonly workflow?: WorkflowSource | null;
}

/** What the fields of `SignalChange` are resolved from. */
export interface SignalChangeSource extends Frame {
  readonly signals: readonly SignalSource[];
}

/** A change of one run. */
export function runChangeOf({ kind, cursor, at, run, events }: EngineRunChange): RunChangeSource {
  if (run === undefined) return { kind, cursor, at, run: null, steps: [], events: [] };
  const steps = kind === 'SNAPSHOT' ? stepsOf(run) : changedSteps(run, events);
  return { kind, cursor, at, run: runOf(run), steps, events: runEventsOf(events, { cursor, at }, run.definition) };
}

/** A change of the fleet or of a workflow. */
export function changeOf({ kind, cursor, at, events }: EngineChange): ChangeSource {
  return { kind, cursor, at, entities: entitiesOf(events) };
}

function entitiesOf(events: readonly RecordedEvent[]): readonly EntityId[] {
  return [...new Set(events.map((event) => event.entity))];
}

function changedSteps(run: RunView, events: readonly RecordedEvent[]): readonly StepSource[] {
  const indexes = new Set<number>();
  for (const { entity, event } of events) {
    if (kindOf(entity) === 'run' && 'step' in (event as RunEvent))
      indexes.add((event as RunEvent & { step: number }).step);
  }
  return [...indexes].sort((one, other) => one - other).flatMap((index) => stepOf(run, index) ?? []);
}
