// Which partition takes what: in a server, the use cases and the node know.

import { type EntityId, kindOf, nameOf, partitionOf, POOLS } from '../../src/core/ids.ts';
import { type CommandBody } from '../../src/core/partition/command.ts';

/** The partition that takes a command. */
export function placeOf(body: CommandBody, partitions: number): number {
  switch (body.type) {
    case 'ApplyTemplate':
      return partitionOf(body.templateId, partitions);
    case 'ApplyWorkflow':
    case 'ActivateVersion':
    case 'StartRun':
    case 'PauseTriggers':
    case 'ResumeTriggers':
    case 'ResetTrigger':
    case 'UnblockWorkflow':
    case 'UpdateWorkflow':
    case 'DeleteWorkflow':
    case 'SetBreakpoint':
    case 'ClearBreakpoint':
    case 'PlanBackfill':
    case 'ApplyBackfill':
    case 'PauseBackfill':
    case 'ResumeBackfill':
    case 'CancelBackfill':
    case 'RetryBackfill':
      return partitionOf(body.workflowId, partitions);
    case 'StopRun':
    case 'KillRun':
    case 'PauseRun':
    case 'ResumeRun':
    case 'RestartRun':
    case 'ForkRun':
    case 'ResumeStep':
    case 'SkipStep':
    case 'BypassSignals':
    case 'RetryStep':
    case 'ReportAttempt':
      return partitionOf(body.run.workflowId, partitions);
    case 'PublishSignals':
    case 'ApplySignalType':
    case 'KeepRefused':
    case 'Republish':
    case 'Dismiss':
      return partitionOf(body.name, partitions);
    case 'ApplyPool':
    case 'DeletePool':
      return partitionOf(POOLS, partitions);
    case 'Wake':
    case 'HostsLost':
    case 'Release':
      return placeOfEntity(body.entity, partitions);
    case 'SetAside':
      if (body.aim.kind !== 'entity') throw new Error('here only an entity is set aside');
      return placeOfEntity(body.aim.id, partitions);
    case 'TakeMessage':
      throw new Error('messages are delivered, not commanded');
  }
}

/** The partition that an entity lives in. */
export function placeOfEntity(id: EntityId, partitions: number): number {
  const name = nameOf(id);
  return partitionOf(
    kindOf(id) === 'run' || kindOf(id) === 'trigger' || kindOf(id) === 'bucket'
      ? name.slice(0, name.indexOf('/'))
      : name,
    partitions,
  );
}
