// Who did what, why, and to what: one line for each commit that somebody asked for. Made from the log alone, so there is no
// second truth. Refusals are not in it: they change nothing, and the log does not keep them.

import { type EntityId, kindOf, nameOf, runPlaceOf, templateEntity, workflowEntity } from '../ids.ts';
import { type Instant } from '../time.ts';
import { type CommandBody, type Outcome } from './command.ts';
import { type Commit, type CommandRecord } from './commit.ts';
import { type Place } from './cursor.ts';

/** A line of the audit. */
export interface AuditRow {
  readonly collection: 'audits';
  readonly at: Instant;
  /** The commit: which partition, which block, which commit of it. */
  readonly place: Place;
  readonly actor: string;
  readonly reason?: string;
  /** The type of the command, such as `StopRun`. */
  readonly operation: string;
  /** A step's id, or a signal's name, where the outcome does not name it. */
  readonly subject?: string;
  /** Ids, as they are outside, of all that it was about: what the audit of a run or a workflow is found by. */
  readonly about: readonly string[];
  readonly outcome: Outcome;
}

/** How many things of one commit the audit can be found by. */
const mostSubjects = 20;

/** What a command leaves in the log for the audit; nothing if it is a report of work done rather than a wish. */
export function auditedAs(body: CommandBody): Pick<CommandRecord, 'operation' | 'subject'> {
  if (body.type === 'ReportAttempt') return {};
  if ('stepId' in body && typeof body.stepId === 'string') return { operation: body.type, subject: body.stepId };
  if ('pool' in body) return { operation: body.type, subject: body.pool };
  if ('name' in body) return { operation: body.type, subject: body.name };
  return { operation: body.type };
}

/** Names the line of the commit at a place. */
export function auditEntity({ partition, n, i }: Place): EntityId {
  return `audit:${String(partition)}.${String(n)}.${String(i)}` as EntityId;
}

/** The line of a commit, or undefined if nobody asked for it. */
export function auditOf({ at, command }: Pick<Commit, 'at' | 'command'>, place: Place): AuditRow | undefined {
  if (command?.operation === undefined) return undefined;
  const { actor, reason, operation, subject, outcome } = command;
  return {
    collection: 'audits',
    at,
    place,
    actor,
    operation,
    outcome,
    about: aboutOf(outcome, subject),
    ...(reason === undefined ? {} : { reason }),
    ...(subject === undefined ? {} : { subject }),
  };
}

function aboutOf(outcome: Outcome, subject: string | undefined): readonly string[] {
  const found = entitiesOf(outcome).flatMap((entity) => subjectsOf(entity, subject));
  return [...new Set([...namesIn(outcome, subject), ...found])].slice(0, mostSubjects);
}

/** Ids that are made of names rather than of entities. */
function namesIn(outcome: Outcome, subject: string | undefined): readonly string[] {
  if (outcome.type === 'PoolApplied') return [`pool:${outcome.pool}`];
  const isOfName = outcome.type === 'Published' || outcome.type === 'ContractApplied';
  return isOfName && subject !== undefined ? [`signalType:${subject}`] : [];
}

function entitiesOf(outcome: Outcome): readonly EntityId[] {
  switch (outcome.type) {
    case 'Applied':
      return [workflowEntity(outcome.workflowId)];
    case 'TemplateApplied':
      return [templateEntity(outcome.templateId)];
    case 'Started':
      return [outcome.run];
    case 'Done':
      return [outcome.entity];
    case 'Published':
      return outcome.signals;
    case 'PoolApplied':
    case 'ContractApplied':
      // What they are about has a name of its own: see `aboutOf`.
      return [];
  }
}

/** An entity as it is called outside, with what it belongs to; the innermost first. */
function subjectsOf(entity: EntityId, subject: string | undefined): readonly string[] {
  const kind = kindOf(entity);
  if (kind === 'run') return subjectsOfRun(entity, subject);
  const [workflowId = ''] = nameOf(entity).split('/');
  if (kind === 'queue') return [workflowEntity(workflowId)];
  if (kind === 'pools') return subject === undefined ? [] : [`pool:${subject}`];
  return kind === 'trigger' || kind === 'backfill' ? [entity, workflowEntity(workflowId)] : [entity];
}

function subjectsOfRun(entity: EntityId, subject: string | undefined): readonly string[] {
  const { workflowId, number, path } = runPlaceOf(entity);
  const run = `${workflowId}/${String(number)}`;
  const inner = path === undefined ? run : `${run}/${path}`;
  const step = subject === undefined ? [] : [`step:${inner}/${subject}`];
  return [...new Set([...step, `run:${inner}`, `run:${run}`, workflowEntity(workflowId)])];
}
