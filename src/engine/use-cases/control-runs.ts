// Everything that is done to runs, to their steps, and to the queue and the triggers of a workflow.

import { type EntityId, runPlaceOf, workflowEntity } from '../../core/ids.ts';
import { type Json } from '../../core/json.ts';
import { type CommandBody, type RunTarget } from '../../core/partition/command.ts';
import { type WorkflowState } from '../../core/workflow/workflow.ts';
import { type Ask } from '../ask.ts';
import { type Answer, type Caller, type Engine, type RunView } from '../engine.ts';
import { type EngineNode } from '../node.ts';
import { type Reader } from '../reader.ts';
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
  | 'skipStep'
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
    (type: 'SkipStep' | 'RetryStep') =>
    (run: RunTarget, stepId: string, caller: Caller): Promise<Answer<RunView>> =>
      changeRun(run.workflowId, { type, run, stepId }, caller, {
        attempt: run.attempt ?? null,
        path: run.path ?? null,
        stepId,
      });

  async function changeWorkflow(
    workflowId: string,
    type: 'PauseTriggers' | 'ResumeTriggers' | 'UnblockWorkflow',
    caller: Caller,
  ): Promise<Answer<WorkflowState>> {
    const partition = node.partitionOf(workflowId);
    const asked = await ask(partition, { type, workflowId }, caller, { target: workflowId, args: null });
    if (!asked.ok) return asked;
    const workflow = await reader.entity('workflow', workflowEntity(workflowId), partition);
    if (workflow === undefined) throw new Error(`${type} named a workflow that is not there`);
    return { ok: true, value: workflow.state, cursor: [asked.place], replayed: asked.replayed };
  }

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
    restartRun: ({ run, params, from }, caller) =>
      changeRun(run.workflowId, { type: 'RestartRun', run, params, ...(from === undefined ? {} : { from }) }, caller, {
        attempt: run.attempt ?? null,
        params: entriesJson(params),
        from: from === undefined ? null : { ...from },
      }),
    skipStep: onStep('SkipStep'),
    retryStep: onStep('RetryStep'),
    unblockWorkflow: (workflowId, caller) => changeWorkflow(workflowId, 'UnblockWorkflow', caller),
    pauseTriggers: (workflowId, caller) => changeWorkflow(workflowId, 'PauseTriggers', caller),
    resumeTriggers: (workflowId, caller) => changeWorkflow(workflowId, 'ResumeTriggers', caller),
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

function entriesJson(entries: readonly { readonly name: string; readonly value: Json }[]): Json {
  return Object.fromEntries(entries.map(({ name, value }) => [name, value]));
}
