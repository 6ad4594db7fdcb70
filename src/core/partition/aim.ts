// Which entities a command is aimed at: what is set aside when the command ends every server that decides it.

import {
  type EntityId,
  type EntityKind,
  kindOf,
  poolsEntity,
  queueEntity,
  runEntity,
  signalTypeEntity,
  templateEntity,
  workflowEntity,
} from '../ids.ts';
import { newestAttempt } from '../queue/queue.ts';
import { type Aim, type CommandBody } from './command.ts';
import { type Message } from './message.ts';
import { type Turn } from './turn.ts';

/** The aim of a command. */
export function aimOf(body: Exclude<CommandBody, { type: 'SetAside' }>): Aim {
  if (body.type === 'TakeMessage') return aimOfMessage(body.message);
  if (body.type === 'ReportAttempt') return entity(runEntity(body.run));
  if ('pool' in body) return entity(poolsEntity());
  if ('backfill' in body) return entity(body.backfill);
  if ('templateId' in body) return entity(templateEntity(body.templateId));
  if ('workflowId' in body) return entity(workflowEntity(body.workflowId));
  if ('run' in body) return { kind: 'run', run: body.run };
  return entity('entity' in body ? body.entity : signalTypeEntity(body.name));
}

function aimOfMessage(message: Message): Aim {
  switch (message.type) {
    case 'Subscribe':
    case 'Unsubscribe':
    case 'PublishFromStep':
      return entity(signalTypeEntity(message.name));
    case 'Subscribed':
      return entity(message.trigger);
    case 'SignalArrived':
      return { kind: 'listeners', name: message.name };
    case 'AwaitSignal':
    case 'LookBack':
      return entity(signalTypeEntity(message.name));
    case 'WaitAnswered':
      return entity(message.wait.run);
    case 'HearSignal':
    case 'JudgeSignal':
      return { kind: 'listeners', name: message.name };
    case 'HoldBack':
      return entity(message.run);
    case 'SignalTaken':
    case 'VerdictsReached':
      return entity(message.signal);
    case 'StartChild':
      return entity(workflowEntity(message.workflowId));
    case 'ChildAccepted':
    case 'ChildRefused':
    case 'ChildEnded':
      return entity(message.parent.run);
    case 'StopChild':
    case 'PermitsAnswered':
      return entity(message.run);
    case 'AcquirePermits':
    case 'ReleasePermits':
      return entity(poolsEntity());
    case 'Continue':
      return entity(message.entity);
  }
}

function entity(id: EntityId): Aim {
  return { kind: 'entity', id };
}

/**
 * Sets aside what is aimed at, if it is there. A signal name never is set aside: its signals would be numbered anew. Nor is the
 * ledger of permits: what was returned meanwhile would be held for ever.
 */
export function setAside(turn: Turn, aim: Aim, reason: string): void {
  for (const id of aimedAt(turn, aim)) {
    if (!NEVER_ASIDE.has(kindOf(id)) && turn.quarantine(id) === undefined) turn.setAside(id, reason);
  }
}

const NEVER_ASIDE: ReadonlySet<EntityKind> = new Set(['signalType', 'pools']);

function aimedAt(turn: Turn, aim: Aim): readonly EntityId[] {
  switch (aim.kind) {
    case 'entity':
      return [aim.id];
    case 'listeners':
      return turn.listeners(aim.name);
    case 'run': {
      const queue = turn.read('queue', queueEntity(aim.run.workflowId));
      const attempt = aim.run.attempt ?? (queue === undefined ? undefined : newestAttempt(queue, aim.run.number));
      return attempt === undefined ? [] : [runEntity({ ...aim.run, attempt })];
    }
  }
}
