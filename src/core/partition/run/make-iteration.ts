// Making an iteration of a loop: afresh, or as one that has ended begins again, with what stays of that one.

import { bodyOf } from '../../definition/body.ts';
import { type Definition } from '../../definition/model.ts';
import { graphOf } from '../../definition/graph.ts';
import { type EntityId, runEntity, type RunPlace } from '../../ids.ts';
import { type ResolvedParam } from '../../params/merge.ts';
import { type Within } from '../../run/restart-from.ts';
import { type NewIteration } from '../../run/work.ts';
import { type RunState } from '../../run/state.ts';
import { type Turn } from '../turn.ts';
import { keepSteps, redoneSteps, skipAt, stepNamed } from './restart-extent.ts';

/** Makes one at a place in a run, or in an iteration around it. */
export function makeIteration(turn: Turn, place: RunPlace, made: NewIteration & { readonly around: RunState }): void {
  const { around, values, within, waits } = made;
  const id = runEntity(place);
  const definition = turn.definition(around.definition);
  if (definition === undefined) return;
  const body = bodyOf(definition, place.path);
  const kept = within && keptOf(turn, body, { within, values });
  turn.create(id, {
    type: 'RunCreated',
    ...place,
    version: around.version,
    definition: around.definition,
    params: values,
    labels: [],
    cause: { kind: 'LOOP' },
    ...(waits === true ? { waits } : {}),
    stepCount: body.steps.length,
    ...(kept?.again === undefined ? {} : { only: [...kept.redone] }),
  });
  if (kept !== undefined) keepSteps(turn, id, kept);
  if (within?.skip === true && within.from?.kind === 'STEP') {
    skipAt(turn, id, { step: stepNamed(body, within.from.step), actor: within.actor });
  }
  if (waits !== true) turn.follow(id);
}

/** What stays of one that has ended; undefined where the loop has other values for it now, so that nothing of it holds. */
function keptOf(
  turn: Turn,
  body: Definition,
  { within, values }: { readonly within: Within; readonly values: readonly ResolvedParam[] },
): Parameters<typeof keepSteps>[2] | undefined {
  const run = earlier(turn, within.run, values);
  if (run === undefined) return undefined;
  const { from } = within;
  const again = from?.kind === 'STEP' ? stepNamed(body, from.step) : undefined;
  return { run, definition: body, from, again, redone: redoneSteps(run, graphOf(body), from, again) };
}

function earlier(turn: Turn, id: EntityId, values: readonly ResolvedParam[]): RunState | undefined {
  const before = turn.read('run', id);
  const isSame =
    before?.params.length === values.length &&
    values.every(({ name, value }, place) => {
      const was = before.params[place];
      return was?.name === name && JSON.stringify(was.value) === JSON.stringify(value);
    });
  return isSame ? before : undefined;
}
