// Names of operations in a filter of the audit: one that does not exist is refused, since it would silently find nothing.

import { nearest } from '../../core/expression/nearest.ts';
import { type CommandBody } from '../../core/partition/command.ts';
import { badInput } from '../errors/bad-input.ts';

/** What nobody wishes: reports, times that come, and what servers say to one another. */
type Unasked = 'ReportAttempt' | 'KeepRefused' | 'Wake' | 'HostsLost' | 'SetAside' | 'TakeMessage';

/** Every operation that leaves a line in the audit; by its type, so that none can be forgotten. */
const OPERATIONS: Readonly<Record<Exclude<CommandBody['type'], Unasked>, string>> = {
  ActivateVersion: 'activateVersion',
  ApplyBackfill: 'applyBackfill',
  ApplyPool: 'applyPool',
  ApplySignalType: 'applySignalType',
  ApplyTemplate: 'applyTemplate',
  ApplyWorkflow: 'applyWorkflow',
  BypassSignals: 'bypassSignals',
  CancelBackfill: 'cancelBackfill',
  ClearBreakpoint: 'clearBreakpoint',
  DeletePool: 'deletePool',
  DeleteWorkflow: 'deleteWorkflow',
  Dismiss: 'dismissSignal',
  ForkRun: 'forkRun',
  KillRun: 'killRun',
  PauseBackfill: 'pauseBackfill',
  PauseRun: 'pauseRun',
  PauseTriggers: 'pauseTriggers',
  PlanBackfill: 'planBackfill',
  PublishSignals: 'publishSignals',
  Release: 'release',
  Republish: 'republishSignal',
  ResetTrigger: 'resetTrigger',
  RestartRun: 'restartRun',
  ResumeBackfill: 'resumeBackfill',
  ResumeRun: 'resumeRun',
  ResumeStep: 'resumeStep',
  ResumeTriggers: 'resumeTriggers',
  RetryBackfill: 'retryBackfill',
  RetryStep: 'retryStep',
  SetBreakpoint: 'setBreakpoint',
  SkipStep: 'skipStep',
  StartRun: 'startRun',
  StopRun: 'stopRun',
  UnblockWorkflow: 'unblockWorkflow',
  UpdateWorkflow: 'updateWorkflow',
};

const COMMANDS: ReadonlyMap<string, string> = new Map([
  ...Object.entries(OPERATIONS).map(([command, mutation]) => [mutation, command] as const),
  // One signal is published as a list of one.
  ['publishSignal', 'PublishSignals'],
]);

/** The type of the command that a mutation makes: `StopRun` of `stopRun`. What there is no mutation of is refused. */
export function parseOperation(mutation: string): string {
  const command = COMMANDS.get(mutation);
  if (command !== undefined) return command;
  const known = [...COMMANDS.keys()].sort();
  const near = nearest(mutation, known);
  throw badInput(
    `"${mutation}" is no operation of the audit.`,
    near === undefined ? `There are ${known.join(', ')}.` : `Did you mean "${near}"?`,
  );
}
