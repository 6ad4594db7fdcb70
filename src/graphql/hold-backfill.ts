// Pausing, resuming, cancelling and retrying a backfill: one way for all four.

import { type BackfillHold } from '../engine/backfill-cases.ts';
import { change } from './change.ts';
import { type Context } from './context.ts';
import { type HoldBackfillInput } from './generated/schema.ts';
import { parseBackfillAt } from './parse/backfill-input.ts';
import { backfillOf, type BackfillSource } from './present/backfill.ts';
import { type Receipt, receiptOf } from './present/receipt.ts';

/** What a wish about a backfill came to, as the schema shows it. */
export interface BackfillReceipt extends Receipt {
  readonly backfill: BackfillSource | null;
}

/** Holds a backfill in one of the four ways. */
export async function holdBackfill(
  context: Context,
  type: BackfillHold,
  input: HoldBackfillInput,
): Promise<BackfillReceipt> {
  const answer = await change(context, input, {
    read: parseBackfillAt(input.backfillId),
    perform: (id, caller) => context.engine.holdBackfill(type, id, caller),
  });
  return { ...receiptOf(answer), backfill: answer.ok ? backfillOf(answer.value) : null };
}
