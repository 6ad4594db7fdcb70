// A trigger as the schema shows it, in plain words.

import { type TriggerDefinition } from '../../core/definition/model.ts';
import { clauseText } from '../../core/trigger/match.ts';
import { type TriggerState } from '../../core/trigger/trigger.ts';
import { type TriggerView } from '../../engine/engine.ts';
import { type Trigger } from '../generated/schema.ts';
import { cronText } from './cron-text.ts';
import { runOfEntity } from './public-id.ts';

/** What the fields of `Trigger` are resolved from. */
export interface TriggerSource extends Omit<Trigger, '__typename' | 'explanation'> {
  readonly __typename: 'Trigger';
}

/** A trigger from its state. */
export function triggerOf({ id, state }: TriggerView): TriggerSource {
  const { workflowId, name, definition, paused, nextFire, lastFired, started, skipped } = state;
  return {
    __typename: 'Trigger',
    id,
    name,
    workflowId,
    kind: definition.kind === 'cron' ? 'CRON' : 'SIGNAL',
    text: triggerText(definition),
    armed: isListening(state),
    paused,
    nextFire,
    lastFired: lastFired === undefined ? null : { at: lastFired.at, runId: runOfEntity(lastFired.run) },
    started,
    skipped,
  };
}

/** "every weekday at 06:00, Europe/Madrid", or "when measurements.ready arrives with rows >= 100". */
export function triggerText(definition: TriggerDefinition): string {
  if (definition.kind === 'cron') return `${cronText(definition.cron)}, ${definition.timezone}`;
  const clauses = definition.where.map(clauseText);
  const demands = clauses.length === 0 ? '' : ` with ${clauses.join(' and ')}`;
  return `when ${definition.signal} arrives${demands}`;
}

/** A trigger on a signal hears nothing before the signal's partition knows of it. */
function isListening(state: TriggerState): boolean {
  return state.armed && (state.definition.kind === 'cron' || state.listeningSince !== undefined);
}
