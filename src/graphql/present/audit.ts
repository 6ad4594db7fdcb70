// A line of the audit as the schema shows it, and as a sentence.

import { type AuditRow, auditEntity } from '../../core/partition/audit.ts';
import { type Outcome } from '../../core/partition/command.ts';
import { nameOf } from '../../core/ids.ts';
import { type AuditEntry } from '../generated/schema.ts';

/** What the fields of `AuditEntry` are resolved from. */
export type AuditSource = AuditEntry;

/** A line of the audit. */
export function auditEntryOf(row: AuditRow): AuditSource {
  const { at, actor, operation, reason, about, place } = row;
  return {
    id: auditEntity(place),
    at,
    actor,
    operation: mutationOf(operation),
    reason,
    about,
    text: textOf(row),
    cursor: [place],
  };
}

function mutationOf(command: string): string {
  return command.charAt(0).toLowerCase() + command.slice(1);
}

const DEEDS: ReadonlyMap<string, string> = new Map([
  ['StartRun', 'started'],
  ['StopRun', 'stopped'],
  ['KillRun', 'killed'],
  ['PauseRun', 'paused'],
  ['ResumeRun', 'resumed'],
  ['RestartRun', 'restarted'],
  ['ForkRun', 'forked'],
  ['SkipStep', 'skipped'],
  ['RetryStep', 'tried again'],
  ['ResumeStep', 'let go on'],
  ['BypassSignals', 'let go on without its signals'],
  ['SetBreakpoint', 'set a breakpoint in'],
  ['ClearBreakpoint', 'cleared a breakpoint of'],
  ['UpdateWorkflow', 'changed the properties of'],
  ['DeleteWorkflow', 'deleted'],
  ['UnblockWorkflow', 'unblocked the queue of'],
  ['PauseTriggers', 'paused the triggers of'],
  ['ResumeTriggers', 'resumed the triggers of'],
  ['Release', 'released'],
  ['ResetTrigger', 'dropped what waited for'],
  ['PlanBackfill', 'planned backfill'],
  ['ApplyBackfill', 'let begin backfill'],
  ['PauseBackfill', 'paused backfill'],
  ['ResumeBackfill', 'resumed backfill'],
  ['CancelBackfill', 'cancelled backfill'],
  ['RetryBackfill', 'tried again what had failed in backfill'],
  ['ApplyPool', 'applied pool'],
  ['DeletePool', 'deleted pool'],
  ['ApplySignalType', 'applied the contract of'],
]);

function textOf({ actor, operation, outcome, about, subject }: AuditRow): string {
  if (outcome.type === 'Applied') return `${actor} ${appliedText(operation, outcome)}.`;
  if (outcome.type === 'Published') {
    const count = outcome.signals.length;
    return `${actor} published ${count === 1 ? '' : `${String(count)} × `}${subject ?? 'a signal'}.`;
  }
  const [innermost = ''] = about;
  const deed = DEEDS.get(operation) ?? `did ${mutationOf(operation)} on`;
  return `${actor} ${deed} ${nameOf(innermost as Parameters<typeof nameOf>[0])}.`;
}

function appliedText(
  operation: string,
  { workflowId, version, changed }: Extract<Outcome, { readonly type: 'Applied' }>,
): string {
  const which = `version ${String(version)} of ${workflowId}`;
  if (operation === 'ActivateVersion') return `activated ${which}`;
  return changed ? `applied ${which}` : `applied ${which} again, unchanged`;
}
