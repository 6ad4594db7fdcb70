// Who asks, and under which key: read from the input of a mutation and the request that it came with.

import { type Refusal } from '../../core/refusal.ts';
import { type Result, failed, success } from '../../core/result.ts';
import { type Caller } from '../../engine/answer.ts';

/** What every input of a mutation may have. */
export interface ChangeInput {
  readonly idempotencyKey?: string | null | undefined;
  readonly reason?: string | null | undefined;
}

const LONGEST_KEY = 256;
const LONGEST_REASON = 1_000;

/** Reads the caller of a mutation. */
export function parseCaller(actor: string, input: ChangeInput): Result<Caller, readonly Refusal[]> {
  const key = input.idempotencyKey ?? undefined;
  const reason = input.reason ?? undefined;
  const refusals = [
    ...lengthRefusals('idempotencyKey', key, { least: 1, most: LONGEST_KEY }),
    ...lengthRefusals('reason', reason, { least: 0, most: LONGEST_REASON }),
  ];
  if (refusals.length > 0) return failed(refusals);
  return success({
    actor,
    ...(key === undefined ? {} : { idempotencyKey: key }),
    ...(reason === undefined ? {} : { reason }),
  });
}

function lengthRefusals(
  name: string,
  text: string | undefined,
  { least, most }: { readonly least: number; readonly most: number },
): readonly Refusal[] {
  if (text === undefined || (text.length >= least && text.length <= most)) return [];
  const message = `${name} must have ${String(least)} to ${String(most)} characters, and has ${String(text.length)}.`;
  return [{ code: 'BAD_INPUT', message, path: [name] }];
}
