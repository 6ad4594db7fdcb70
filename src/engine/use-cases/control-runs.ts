// Everything that is done to runs, to their steps, and to the queue and the triggers of a workflow.

import { type Json } from '../../core/json.ts';
import { type CommandBody, type RunTarget } from '../../core/partition/command.ts';
import { type Ask } from '../ask.ts';
import { type Engine, type RunView } from '../engine.ts';
import { type Answer, type Caller } from '../answer.ts';
import { type EngineNode } from '../node.ts';
import { type Reader } from '../reader.ts';
import { createWorkflowChange } from './change-workflow.ts';
import { entriesJson, stepArgs, stepParamsJson } from './command-args.ts';
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
  | 'forkRun'
  | 'resumeStep'
  | 'setBreakpoint'
  | 'clearBreakpoint'
  | 'bypassSignals'
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
    return runs.answer(await ask(node.partitionOf(workflowId), body, caller, { target, args }));
  }

  const onRun =
    (type: 'StopRun' | 'KillRun' | 'PauseRun' | 'ResumeRun') =>
    (run: RunTarget, caller: Caller): Promise<Answer<RunView>> =>
      changeRun(run.workflowId, { type, run }, caller, { attempt: run.attempt ?? null, path: run.path ?? null });

  const onStep =
    (type: 'BypassSignals' | 'ResumeStep') =>
    (run: RunTarget, stepId: string, caller: Caller): Promise<Answer<RunView>> =>
      changeRun(run.workflowId, { type, run, stepId }, caller, stepArgs(run, stepId));

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
    bypassSignals: onStep('BypassSignals'),
    unblockWorkflow: (workflowId, caller) => changeWorkflow({ type: 'UnblockWorkflow', workflowId }, caller),
    pauseTriggers: (workflowId, caller) => changeWorkflow({ type: 'PauseTriggers', workflowId }, caller),
    resumeTriggers: (workflowId, caller) => changeWorkflow({ type: 'ResumeTriggers', workflowId }, caller),
  };
}
