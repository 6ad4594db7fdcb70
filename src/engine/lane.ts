// Which lane of a mailbox a command waits in: what must keep its order shares a lane, what need not has another.

import { type EntityId, nameOf } from '../core/ids.ts';
import { type CommandBody } from '../core/partition/command.ts';

/** The lane of a command: its workflow, its signal name, or the partition that sent the message. */
export function laneOf(body: CommandBody): string {
  switch (body.type) {
    case 'ApplyWorkflow':
    case 'ActivateVersion':
    case 'StartRun':
    case 'PauseTriggers':
    case 'ResumeTriggers':
    case 'UnblockWorkflow':
      return body.workflowId;
    case 'StopRun':
    case 'KillRun':
    case 'PauseRun':
    case 'ResumeRun':
    case 'RestartRun':
    case 'SkipStep':
    case 'RetryStep':
    case 'ReportAttempt':
      return body.run.workflowId;
    case 'Release':
    case 'Wake':
    case 'HostsLost':
      return workflowOf(body.entity);
    case 'PublishSignals':
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
