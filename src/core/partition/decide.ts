// All rules begin here: a command and what the partition knows → what happens, or why not, or what must be loaded first.

import { kindOf } from '../ids.ts';
import { type Refusal } from '../refusal.ts';
import { progress } from '../run/progress.ts';
import { advanceBackfill } from './backfill/advance-backfill.ts';
import { aimOf } from './aim.ts';
import { type Circumstances, type Command, type CommandBody, type Outcome } from './command.ts';
import { admit } from './run/enter-queue.ts';
import { type Gathered, type Memory, type Needs } from './gathering.ts';
import { retryBucket } from './trigger/join-signals.ts';
import { grantPermits, tellLedger } from './pool/permits.ts';
import { withRun } from './run/runs.ts';
import { tooLarge } from './size-limits.ts';
import { takeCommand } from './take-command.ts';
import { openTurn, type OpenTurn } from './turn.ts';
import { endUnheard } from './signal/waits.ts';

/** What a command comes to. */
export type Decision =
  | { readonly kind: 'COMMIT'; readonly gathered: Gathered; readonly outcome: Outcome | undefined }
  | { readonly kind: 'REFUSED'; readonly refusals: readonly Refusal[] }
  | { readonly kind: 'NEED'; readonly needs: Needs };

/** Decides a command. Pure: the same memory, command and circumstances give the same decision. */
export function decide(memory: Memory, command: Command, circumstances: Circumstances): Decision {
  const turn = openTurn(memory, circumstances);
  const decision = decideIn(turn, memory, command);
  const excess = turn.excess();
  return decision.kind !== 'COMMIT' || excess === undefined
    ? decision
    : declined(memory, command, circumstances, excess);
}

function decideIn(turn: OpenTurn, memory: Memory, command: Command): Decision {
  const outcome = takeCommand(turn, command);
  if (outcome.ok) {
    settle(turn);
    endUnheard(turn, memory);
    tellLedger(turn, memory);
  }
  const needs = turn.needs();
  if (needs !== undefined) return { kind: 'NEED', needs };
  if (!outcome.ok) return { kind: 'REFUSED', refusals: outcome.failure };
  return { kind: 'COMMIT', gathered: turn.gathered(), outcome: outcome.value };
}

/**
 * What comes to more than can be stored is refused. Where nobody could take a refusal, it would come again and again: what it
 * is aimed at is set aside instead.
 */
function declined(memory: Memory, command: Command, circumstances: Circumstances, excess: string): Decision {
  const { body } = command;
  if (!isUnasked(body)) return { kind: 'REFUSED', refusals: [tooLarge(excess)] };
  const turn = openTurn(memory, circumstances);
  return decideIn(turn, memory, { ...command, body: { type: 'SetAside', aim: aimOf(body), reason: excess } });
}

/** What no person and no other program asked for. */
type Unasked = Extract<CommandBody, { readonly type: 'TakeMessage' | 'Wake' | 'HostsLost' | 'ReportAttempt' }>;

function isUnasked(body: CommandBody): body is Unasked {
  const { type } = body;
  return type === 'TakeMessage' || type === 'Wake' || type === 'HostsLost' || type === 'ReportAttempt';
}

/** Lets every entity that has something left to do come to rest. What does not fit into the commit goes on in the next. */
function settle(turn: OpenTurn): void {
  for (let next = turn.pending.shift(); next !== undefined; next = turn.pending.shift()) {
    const entity = next;
    if (turn.isFull()) turn.send(turn.circumstances.partition, { type: 'Continue', entity });
    else {
      turn.alone(entity, () => {
        if (kindOf(entity) === 'queue') admit(turn, entity);
        else if (kindOf(entity) === 'backfill') advanceBackfill(turn, entity);
        else if (kindOf(entity) === 'bucket') retryBucket(turn, entity);
        else if (kindOf(entity) === 'pools') grantPermits(turn);
        else withRun(turn, entity, progress);
      });
    }
  }
}
