// Who did what, why, and to what: one line for each commit that somebody asked for. Made from the log alone, so there is no
// second truth. Refusals are not in it: they change nothing, and the log does not keep them.

import {
  type EntityId,
  kindOf,
  nameOf,
  parseRunName,
  type RunName,
  runPlaceOf,
  templateEntity,
  workflowEntity,
} from '../ids.ts';
import { innermost, type RestartFrom } from '../run/restart-from.ts';
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
  /** A step's id, a signal's name, or `run:…` of what is inside the run, where the outcome does not name it. */
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
  if (body.type === 'RestartRun') return { operation: body.type, ...inside(body.from) };
  if ('pool' in body) return { operation: body.type, subject: body.pool };
  if ('name' in body) return { operation: body.type, subject: body.name };
  return { operation: body.type };
}

/** Of what is restarted with what waited for it: what was asked for. */
function inside(from: RestartFrom | undefined): { readonly subject?: string } {
  const subject = innermost(from);
  return subject === undefined ? {} : { subject };
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
  if (subject !== undefined && isRun(subject)) return runNames(parseRunName(nameOf(subject as EntityId)));
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

/** No step and no signal has a colon in its name. */
function isRun(subject: string): boolean {
  return subject.startsWith('run:');
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
  const place = runPlaceOf(entity);
  const [inner = ''] = runNames(place);
  const step = subject === undefined || isRun(subject) ? [] : [`step:${nameOf(inner as EntityId)}/${subject}`];
  return [...step, ...runNames(place)];
}

/** A run or an iteration as it is called outside, with what it belongs to; the innermost first. */
function runNames(place: Pick<RunName, 'workflowId' | 'number' | 'path'> | undefined): readonly string[] {
  if (place === undefined) return [];
  const { workflowId, number, path } = place;
  const run = `run:${workflowId}/${String(number)}`;
  return [...(path === undefined ? [] : [`${run}/${path}`]), run, workflowEntity(workflowId)];
}
