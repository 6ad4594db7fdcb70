// The run that a trigger starts on a signal, or on several: its parameters are made first, so that what is refused has
// consumed nothing.

import { type EntityId, nameOf, startKeyEntity } from '../../ids.ts';
import { type Result, failed } from '../../result.ts';
import { type TriggerState } from '../../trigger/trigger.ts';
import { createRun } from '../run/start-run.ts';
import { givenParams } from './given-params.ts';
import { type Occasion } from './occasion.ts';
import { freeKey, isWishing, type Proposal, type Unwanted, whenFault } from './wanted.ts';
import { type Turn } from '../turn.ts';

/** Why there is no run: it cannot be made, or the trigger does not want it. */
export interface NotStarted {
  readonly message: string;
  readonly isUnwanted?: true;
}

/** Starts a run, or says why there is none. */
export function startOnSignals(turn: Turn, trigger: TriggerState, occasion: Occasion): Result<EntityId, NotStarted> {
  const given = givenParams(turn, trigger, occasion);
  if (!given.ok) return failed({ message: given.failure });
  const proposal = { occasion, given: given.value };
  if (!isWishing(trigger.definition)) return start(turn, trigger, proposal);
  const unwanted = whenFault(turn, trigger, proposal);
  if (unwanted !== undefined) return failed(withoutKind(unwanted));
  const key = freeKey(turn, trigger, proposal);
  if (!key.ok) return failed(withoutKind(key.failure));
  const run = start(turn, trigger, proposal);
  if (run.ok && key.value !== undefined) {
    const { workflowId, name } = trigger;
    const taken = { workflowId, key: key.value, trigger: name, run: run.value };
    turn.emit(startKeyEntity(workflowId, key.value), { type: 'StartKeyTaken', ...taken });
  }
  return run;
}

function withoutKind({ kind, message }: Unwanted): NotStarted {
  return { message, ...(kind === 'UNWANTED' ? { isUnwanted: true } : {}) };
}

function start(turn: Turn, trigger: TriggerState, { occasion, given }: Proposal): Result<EntityId, NotStarted> {
  const { last, joined, folded } = occasion;
  const run = createRun(turn, {
    workflowId: trigger.workflowId,
    params: given,
    labels: [],
    cause: {
      kind: 'SIGNAL',
      trigger: trigger.name,
      name: last.name,
      signal: nameOf(last.signal),
      params: last.params,
      ...('formulas' in trigger.definition ? { given } : {}),
      ...(joined === undefined ? {} : { signals: joined }),
      ...(folded === undefined ? {} : { folded: { count: folded.length, signals: folded } }),
    },
  });
  return run.ok ? run : failed({ message: run.failure.map((refusal) => refusal.message).join(' ') });
}
