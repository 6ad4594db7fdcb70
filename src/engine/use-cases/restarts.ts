// Starting again what has ended, with what waited for it: a run, and a step of one, which begins again or is left out.

import { type Json } from '../../core/json.ts';
import { type CommandBody, type RunTarget } from '../../core/partition/command.ts';
import { type Refusal } from '../../core/refusal.ts';
import { type Answer, type Caller } from '../answer.ts';
import { type Ask, keyIn } from '../ask.ts';
import { type Engine, type RunView } from '../engine.ts';
import { type EngineNode } from '../node.ts';
import { type Outside } from '../outside.ts';
import { entriesJson, stepArgs, stepParamsJson } from './command-args.ts';
import { type RunReader } from './read-runs.ts';
import { restartUp, type RestartWish } from './restart-up.ts';

/** What restarts work with. */
interface RestartParts {
  readonly outside: Outside;
  readonly node: EngineNode;
  readonly ask: Ask;
  readonly runs: RunReader;
}

type Body = Extract<CommandBody, { type: 'RestartRun' | 'SkipStep' | 'RetryStep' }>;

/** Creates the use cases that start something again. */
export function createRestarts(parts: RestartParts): Pick<Engine, 'restartRun' | 'skipStep' | 'retryStep'> {
  const fromStep =
    (type: 'SkipStep' | 'RetryStep') =>
    (run: RunTarget, step: string, caller: Caller): Promise<Answer<RunView>> => {
      const wish: RestartWish = { run, params: [], from: { kind: 'STEP', step } };
      const left = type === 'SkipStep' ? ({ skip: true } as const) : {};
      const body = { type, run, stepId: step };
      return restart(parts, { body, wish: { ...wish, ...left }, args: stepArgs(run, step) }, caller);
    };

  return {
    restartRun: ({ alone, ...input }, caller) => {
      const args = {
        attempt: input.run.attempt ?? null,
        ...(input.run.path === undefined ? {} : { path: input.run.path }),
        params: entriesJson(input.params),
        ...stepParamsJson(input.stepParams),
        from: input.from === undefined ? null : { ...input.from },
        ...(alone === true ? { alone } : {}),
      };
      const wish = alone === true ? undefined : input;
      return restart(parts, { body: { type: 'RestartRun', ...input }, wish, args }, caller);
    },
    skipStep: fromStep('SkipStep'),
    retryStep: fromStep('RetryStep'),
  };
}

/** Asks the run itself, or what is around it; a repeat is asked of whom the first was. */
async function restart(
  { outside, node, ask, runs }: RestartParts,
  asked: { readonly body: Body; readonly wish: RestartWish | undefined; readonly args: Json },
  caller: Caller,
): Promise<Answer<RunView>> {
  const { body, wish, args } = asked;
  const scope = { operation: body.type, target: `${body.run.workflowId}/${String(body.run.number)}` };
  const { idempotencyKey: key } = caller;
  const earlier = key === undefined ? undefined : await outside.log.withKey(keyIn(scope, key));
  const up = wish === undefined || earlier !== undefined ? undefined : await restartUp(runs, wish, caller.actor);
  if (up !== undefined && isGiven(body)) return { ok: false, refusals: [notGiven(up, scope.target)] };
  const decided = up ?? body;
  const partition = earlier?.partition ?? node.partitionOf(decided.run.workflowId);
  return runs.answer(await ask(partition, decided, caller, { ...scope, args }));
}

function isGiven(body: Body): boolean {
  return body.type === 'RestartRun' && body.params.length + (body.stepParams ?? []).length > 0;
}

function notGiven({ run }: { readonly run: RunTarget }, target: string): Refusal {
  const waiting = `${run.workflowId}/${String(run.number)}`;
  return {
    code: 'BAD_INPUT',
    message: `A step of ${waiting} waits for ${target} and gives it its parameters, so none can be given here.`,
    path: ['params'],
    hint: `Leave them out, restart ${waiting} with other parameters, or restart ${target} by itself: downbeat restart ${target} --alone.`,
  };
}
