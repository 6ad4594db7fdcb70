// The arguments of a command as JSON: what a repeat under the same idempotency key must share.

import { type Json, type JsonObject } from '../../core/json.ts';
import { type RunTarget } from '../../core/partition/command.ts';
import { type StepParamsWish } from '../../core/run/restart-from.ts';

/** A step of a run. */
export function stepArgs(run: RunTarget, stepId: string): JsonObject {
  return { attempt: run.attempt ?? null, path: run.path ?? null, stepId };
}

/** Nothing where nothing is given, so that a repeat from before there were any is still known. */
export function stepParamsJson(wishes: readonly StepParamsWish[] | undefined): JsonObject {
  if (wishes === undefined) return {};
  return { stepParams: Object.fromEntries(wishes.map(({ stepId, params }) => [stepId, entriesJson(params)])) };
}

/** Named values as an object. */
export function entriesJson(entries: readonly { readonly name: string; readonly value: Json }[]): Json {
  return Object.fromEntries(entries.map(({ name, value }) => [name, value]));
}
