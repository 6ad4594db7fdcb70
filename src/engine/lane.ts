// Which lane of a mailbox a command waits in: what must keep its order shares a lane, what need not has another.

import { type EntityId, nameOf, POOLS } from '../core/ids.ts';
import { type CommandBody } from '../core/partition/command.ts';

/** The lane of a command: its workflow, its signal name, or the partition that sent the message. */
export function laneOf(body: CommandBody): string {
  switch (body.type) {
    case 'ApplyTemplate':
      return body.templateId;
    case 'ApplyWorkflow':
    case 'ActivateVersion':
    case 'StartRun':
    case 'PauseTriggers':
    case 'ResumeTriggers':
    case 'ResetTrigger':
    case 'UnblockWorkflow':
    case 'UpdateWorkflow':
    case 'DeleteWorkflow':
    case 'PlanBackfill':
    case 'ApplyBackfill':
    case 'PauseBackfill':
    case 'ResumeBackfill':
    case 'CancelBackfill':
    case 'RetryBackfill':
    case 'SetBreakpoint':
    case 'ClearBreakpoint':
      return body.workflowId;
    case 'StopRun':
    case 'KillRun':
    case 'PauseRun':
    case 'ResumeRun':
    case 'RestartRun':
    case 'SkipStep':
    case 'BypassSignals':
    case 'RetryStep':
    case 'ForkRun':
    case 'ResumeStep':
    case 'ReportAttempt':
      return body.run.workflowId;
    case 'ApplyPool':
    case 'DeletePool':
      return POOLS;
    case 'Release':
    case 'Wake':
    case 'HostsLost':
      return workflowOf(body.entity);
    case 'PublishSignals':
    case 'ApplySignalType':
    case 'KeepRefused':
    case 'Republish':
    case 'Dismiss':
      return `signal ${body.name}`;
    case 'SetAside':
      return 'set aside';
    case 'TakeMessage':
      return `messages ${String(body.place.from)}`;
  }
}

function workflowOf(entity: EntityId): string {
  const [workflowId = ''] = nameOf(entity).split('/');
  return workflowId;
}
