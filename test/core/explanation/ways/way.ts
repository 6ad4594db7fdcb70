// A way not to run, as a row of the table: the situation, who is asked, and what is answered, word for word.

import { type Definition } from '../../../../src/core/definition/model.ts';
import { bodyOf } from '../../../../src/core/definition/body.ts';
import { graphOf } from '../../../../src/core/definition/graph.ts';
import { explainBackfill } from '../../../../src/core/explanation/explain-backfill.ts';
import { explainQuarantine } from '../../../../src/core/explanation/explain-quarantine.ts';
import { explainRun } from '../../../../src/core/explanation/explain-run.ts';
import { explainSignal } from '../../../../src/core/explanation/explain-signal.ts';
import { explainStep } from '../../../../src/core/explanation/explain-step.ts';
import { explainTrigger } from '../../../../src/core/explanation/explain-trigger.ts';
import { explainWorkflow } from '../../../../src/core/explanation/explain-workflow.ts';
import { type Explanation, type Reason } from '../../../../src/core/explanation/explanation.ts';
import { type EntityId, poolsEntity, runEntity, workflowEntity } from '../../../../src/core/ids.ts';
import { explainPermits } from '../../../../src/core/explanation/explain-permits.ts';
import { type Quarantinable } from '../../../../src/core/quarantine.ts';
import { type RunState } from '../../../../src/core/run/state.ts';
import { type CommandBody } from '../../../../src/core/partition/command.ts';
import { type Situation } from '../../../support/given.ts';

/** One row. */
export interface Way {
  /** What holds it up, in a few words. */
  readonly what: string;
  /** Makes the situation with the real rules and asks. */
  readonly ask: () => Reason | Pick<Reason, 'text' | 'unblock'>;
  readonly code: string;
  readonly says: string;
  /** What would let it go on. Absent: nothing has to be done, it goes on by itself or has nothing to go on with. */
  readonly unblock?: string;
}

/** The deciding reason of an explanation, or another one. */
export function reason({ reasons }: Explanation, index = 0): Reason {
  const found = reasons.at(index);
  if (found === undefined) throw new Error('there is no such reason');
  return found;
}

/** Explains a run by its public name. */
export function run(situation: Situation, name: string): Explanation {
  const state = situation.run(name);
  return (
    explainQuarantine(`run:${name}`, state as Quarantinable) ??
    explainRun(state, definitionOf(situation, state), situation.queue(state.workflowId), name)
  );
}

/** Explains a step by its public name: `flow/1/train`. */
export function step(situation: Situation, name: string, recent: readonly string[] = []): Explanation {
  const cut = name.lastIndexOf('/');
  const [runName, id] = [name.slice(0, cut), name.slice(cut + 1)];
  const state = situation.run(runName);
  const definition = definitionOf(situation, state);
  const index = graphOf(definition).indexes.get(id) ?? -1;
  const explanation = explainStep(state, definition, index, {
    runName,
    recent: recent.map((one) => stateOf(situation, `signal:${one}`, 'signal')),
  });
  const { permits } = state.steps[index] ?? {};
  if (permits === undefined || permits.granted !== undefined) return explanation;
  const place = { run: runEntity(state), step: index, ask: permits.ask };
  const found = explainPermits(id, place, stateOf(situation, poolsEntity(), 'pools'));
  return found === undefined ? explanation : { ...explanation, reasons: [found] };
}

/** Explains a trigger by its name, `recent` being the newest signal of its name. */
export function trigger(situation: Situation, name: string, recent?: string): Explanation {
  const id = `trigger:${name}` as EntityId;
  const state = situation.trigger(name);
  const pending = [...situation.entities()].flatMap(([bucket, { state: one }]) =>
    one.kind === 'bucket' && bucket.startsWith(`bucket:${name}/`) ? [{ id: bucket, state: one }] : [],
  );
  return (
    explainQuarantine(id, state as Quarantinable) ??
    explainTrigger(id, state, {
      pending,
      ...(recent === undefined ? {} : { recent: [stateOf(situation, `signal:${recent}`, 'signal')] }),
    })
  );
}

/** Explains a workflow. */
export function workflow(situation: Situation, id: string): Explanation {
  const state = stateOf(situation, workflowEntity(id), 'workflow');
  const triggers = state.triggers.map((name) => trigger(situation, `${id}/${name}`));
  return explainQuarantine(`workflow:${id}`, state) ?? explainWorkflow(state, situation.queue(id), triggers);
}

/** Explains a signal. */
export function signal(situation: Situation, id: string): Explanation {
  return explainSignal(stateOf(situation, `signal:${id}`, 'signal'));
}

/** Explains a backfill of `flow`. */
export function backfill(situation: Situation, number = 1): Explanation {
  const id = `backfill:flow/${String(number)}` as EntityId;
  return explainBackfill(id, stateOf(situation, id, 'backfill'));
}

/** What a command that starts nothing is answered. */
export function refused(situation: Situation, body: CommandBody): Pick<Reason, 'text' | 'unblock'> & { code: string } {
  const decision = situation.decided(body);
  if (decision.kind !== 'REFUSED') throw new Error(`it was not refused: ${body.type}`);
  const [first] = decision.refusals;
  if (first === undefined) throw new Error('a refusal says why');
  return { code: first.code, text: first.message, ...(first.hint === undefined ? {} : { unblock: first.hint }) };
}

/** Sets something aside, as an error of ours does. */
export function setAside(situation: Situation, id: string): Situation {
  return situation.when({
    type: 'SetAside',
    aim: { kind: 'entity', id: id as EntityId },
    reason: 'TypeError: x is y.',
  });
}

type States = ReturnType<Situation['entities']> extends ReadonlyMap<EntityId, { readonly state: infer S }> ? S : never;

function stateOf<K extends States['kind']>(situation: Situation, id: string, kind: K): Extract<States, { kind: K }> {
  const state = situation.entity(id as EntityId)?.state;
  if (state?.kind !== kind) throw new Error(`there is no ${id}`);
  return state as Extract<States, { kind: K }>;
}

function definitionOf(situation: Situation, state: RunState): Definition {
  return bodyOf(situation.definition(state.definition), state.path);
}
