// Signals to publish, as a caller sends them.

import { type Json } from '../../core/json.ts';
import { failed, success } from '../../core/result.ts';
import { type Instant } from '../../core/time.ts';
import { type SignalInput } from '../../engine/engine.ts';
import { all, type Read } from './both.ts';
import { parseEntries } from './entries.ts';

/** The fields of a signal in any input. */
export interface SignalFields {
  readonly name: string;
  readonly params?: Json | null | undefined;
  readonly payload?: Json | null | undefined;
  readonly occurredAt?: Instant | null | undefined;
}

const MOST = 1_000;

/** Reads one signal; `path` leads to it in the caller's input. */
export function parseSignal(fields: SignalFields, path: readonly string[] = []): Read<SignalInput> {
  const params = parseEntries([...path, 'params'], fields.params);
  if (!params.ok) return params;
  return success({
    name: fields.name,
    params: params.value,
    ...(fields.payload === null || fields.payload === undefined ? {} : { payload: fields.payload }),
    ...(fields.occurredAt === null || fields.occurredAt === undefined ? {} : { occurredAt: fields.occurredAt }),
  });
}

/** Reads 1 to 1,000 signals. */
export function parseSignals(signals: readonly SignalFields[]): Read<readonly SignalInput[]> {
  if (signals.length >= 1 && signals.length <= MOST) {
    return all(signals.map((fields, index) => parseSignal(fields, ['signals', String(index)])));
  }
  const code = signals.length === 0 ? 'BAD_INPUT' : 'LIMIT_EXCEEDED';
  const message = `signals must have 1 to ${String(MOST)} items, and has ${String(signals.length)}.`;
  return failed([{ code, message, path: ['signals'] }]);
}
