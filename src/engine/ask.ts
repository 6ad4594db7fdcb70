// Sends a caller's wish to a partition: with its key scoped, its arguments hashed, and the answer in the API's form.

import { type Json } from '../core/json.ts';
import { type CommandBody, type Outcome } from '../core/partition/command.ts';
import { type Place } from '../core/partition/cursor.ts';
import { type Refusal } from '../core/refusal.ts';
import { type Caller } from './answer.ts';
import { type EngineNode } from './node.ts';
import { type Outside } from './outside.ts';

/** What a wish came to. */
export type Asked =
  | { readonly ok: true; readonly outcome: Outcome; readonly place: Place; readonly replayed: boolean }
  | { readonly ok: false; readonly refusals: readonly Refusal[] };

/** Asks a partition; answers when everything the answer rests on is durable. */
export type Ask = (partition: number, body: CommandBody, caller: Caller, scope: KeyScope) => Promise<Asked>;

/** What an idempotency key belongs to: an operation on a target, with arguments that a repeat must share. */
export interface KeyScope {
  /** Absent: what the body is. */
  readonly operation?: CommandBody['type'];
  readonly target: string;
  /** What tells one wish from another; without chance, such as a fresh id. */
  readonly args: Json;
}

const longestKey = 255;

/** Creates the way to ask. */
export function createAsk(outside: Outside, node: EngineNode): Ask {
  return async (partition, body, caller, scope) => {
    const { idempotencyKey } = caller;
    if (idempotencyKey !== undefined && (idempotencyKey === '' || idempotencyKey.length > longestKey)) {
      return { ok: false, refusals: [badKey(idempotencyKey.length)] };
    }
    const reply = await node.submit(partition, {
      id: outside.randomness.ulid(node.now()),
      actor: caller.actor,
      body,
      ...(caller.reason === undefined ? {} : { reason: caller.reason }),
      ...(idempotencyKey === undefined
        ? {}
        : {
            key: keyIn({ operation: body.type, ...scope }, idempotencyKey),
            argsHash: outside.randomness.hash(JSON.stringify(inOrder(scope.args))),
          }),
    });
    if (reply.kind === 'REFUSED') return { ok: false, refusals: reply.refusals };
    const { outcome, place, replayed } = reply;
    if (outcome === undefined) throw new Error(`${body.type} came to nothing`);
    return { ok: true, outcome, place, replayed };
  };
}

/** A caller's key within its scope. */
export function keyIn(scope: Required<Pick<KeyScope, 'operation' | 'target'>>, idempotencyKey: string): string {
  return `${scope.operation} ${scope.target} ${idempotencyKey}`;
}

/** The same JSON with keys in order, so that equal arguments have equal text. */
function inOrder(value: Json): Json {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, member]): [string, Json] => [key, inOrder(member)]),
  );
}

function badKey(length: number): Refusal {
  return {
    code: 'BAD_INPUT',
    message:
      length === 0
        ? 'The idempotency key is empty.'
        : `The idempotency key has ${String(length)} characters; at most ${String(longestKey)} are allowed.`,
    path: ['idempotencyKey'],
    hint: 'Take something that names the wish, such as "report-2026-11-22", or leave the key out.',
  };
}
