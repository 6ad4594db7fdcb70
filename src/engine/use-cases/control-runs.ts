// Everything that is done to runs, to their steps, and to the queue and the triggers of a workflow.

import { type EntityId, runPlaceOf } from '../../core/ids.ts';
import { type Json, type JsonObject } from '../../core/json.ts';
import { type CommandBody, type RunTarget } from '../../core/partition/command.ts';
import { type StepParamsWish } from '../../core/run/given-step-params.ts';
import { type Ask } from '../ask.ts';
import { type Engine, type RunView } from '../engine.ts';
import { type Answer, type Caller } from '../answer.ts';
import { type EngineNode } from '../node.ts';
import { type Reader } from '../reader.ts';
import { createWorkflowChange } from './change-workflow.ts';
import { type RunReader } from './read-runs.ts';

/** Creates the use cases that change runs and triggers. */
export function createRunControl(
  node: EngineNode,
  ask: Ask,
  reader: Reader,
  runs: RunReader,
): Pick<
  Engine,
  | 'startRun'
  | 'stopRun'
  | 'killRun'
  | 'pauseRun'
  | 'resumeRun'
  | 'restartRun'
  | 'forkRun'
  | 'resumeStep'
  | 'setBreakpoint'
  | 'clearBreakpoint'
  | 'skipStep'
  | 'bypassSignals'
  | 'retryStep'
  | 'unblockWorkflow'
  | 'pauseTriggers'
  | 'resumeTriggers'
> {
  async function changeRun(
    workflowId: string,
    body: CommandBody,
    caller: Caller,
    args: Json,
  ): Promise<Answer<RunView>> {
    const target = 'run' in body ? `${workflowId}/${String(body.run.number)}` : workflowId;
    const asked = await ask(node.partitionOf(workflowId), body, caller, { target, args });
    if (!asked.ok) return asked;
    const value = await runs.view(runOf(asked.outcome));
    if (value === undefined) throw new Error(`${body.type} named a run that is not there`);
    return { ok: true, value, cursor: [asked.place], replayed: asked.replayed };
  }

  const onRun =
    (type: 'StopRun' | 'KillRun' | 'PauseRun' | 'ResumeRun') =>
    (run: RunTarget, caller: Caller): Promise<Answer<RunView>> =>
      changeRun(run.workflowId, { type, run }, caller, { attempt: run.attempt ?? null, path: run.path ?? null });

  const onStep =
    (type: 'SkipStep' | 'BypassSignals' | 'RetryStep' | 'ResumeStep') =>
    (run: RunTarget, stepId: string, caller: Caller): Promise<Answer<RunView>> =>
      changeRun(run.workflowId, { type, run, stepId }, caller, {
        attempt: run.attempt ?? null,
        path: run.path ?? null,
        stepId,
      });

  const changeWorkflow = createWorkflowChange(node, ask, reader);

  return {
    startRun: (input, caller) =>
      changeRun(input.workflowId, { type: 'StartRun', ...input }, caller, {
        version: input.version ?? null,
        params: entriesJson(input.params),
        labels: entriesJson(input.labels),
        scheduledFor: input.scheduledFor ?? null,
      }),
    stopRun: onRun('StopRun'),
    killRun: onRun('KillRun'),
    pauseRun: onRun('PauseRun'),
    resumeRun: onRun('ResumeRun'),
    restartRun: (input, caller) =>
      changeRun(input.run.workflowId, { type: 'RestartRun', ...input }, caller, {
        attempt: input.run.attempt ?? null,
        params: entriesJson(input.params),
        ...stepParamsJson(input.stepParams),
        from: input.from === undefined ? null : { ...input.from },
      }),
    forkRun: (input, caller) =>
      changeRun(input.run.workflowId, { type: 'ForkRun', ...input }, caller, {
        attempt: input.run.attempt ?? null,
        from: input.from ?? null,
        version: input.version ?? null,
        params: entriesJson(input.params),
        outputs: Object.fromEntries((input.outputs ?? []).map(({ stepId, values }) => [stepId, entriesJson(values)])),
        ...stepParamsJson(input.stepParams),
      }),
    resumeStep: onStep('ResumeStep'),
    setBreakpoint: (workflowId, place, caller) =>
      changeWorkflow({ type: 'SetBreakpoint', workflowId, place }, caller, { ...place }),
    clearBreakpoint: (workflowId, place, caller) =>
      changeWorkflow({ type: 'ClearBreakpoint', workflowId, place }, caller, { ...place }),
    skipStep: onStep('SkipStep'),
    bypassSignals: onStep('BypassSignals'),
    retryStep: onStep('RetryStep'),
    unblockWorkflow: (workflowId, caller) => changeWorkflow({ type: 'UnblockWorkflow', workflowId }, caller),
    pauseTriggers: (workflowId, caller) => changeWorkflow({ type: 'PauseTriggers', workflowId }, caller),
    resumeTriggers: (workflowId, caller) => changeWorkflow({ type: 'ResumeTriggers', workflowId }, caller),
  };
}

function runOf(outcome: {
  readonly type: string;
  readonly run?: EntityId;
  readonly entity?: EntityId;
}): ReturnType<typeof runPlaceOf> {
  const id = outcome.run ?? outcome.entity;
  if (id === undefined) throw new Error(`${outcome.type} names no run`);
  return runPlaceOf(id);
}

/** Nothing where nothing is given, so that a repeat from before there were any is still known. */
function stepParamsJson(wishes: readonly StepParamsWish[] | undefined): JsonObject {
  if (wishes === undefined) return {};
  return { stepParams: Object.fromEntries(wishes.map(({ stepId, params }) => [stepId, entriesJson(params)])) };
}

function entriesJson(entries: readonly { readonly name: string; readonly value: Json }[]): Json {
  return Object.fromEntries(entries.map(({ name, value }) => [name, value]));
}
