// Named values that bring their type with them, where JSON alone could not tell it: 3 may be a DOUBLE, and {} a STRING_MAP.

import { type Value, type ValueType } from '../expression/value.ts';
import { type Entry } from '../json.ts';
import { bareValue } from './bare.ts';
import { type ParamMode } from './mode.ts';
import { fromJson } from './value.ts';

/** A named value in JSON. Without a type it has the one that its JSON shows. */
export interface TypedEntry extends Entry {
  readonly type?: ValueType;
  /** Who may still change it. Absent: whoever could. */
  readonly mode?: ParamMode;
}

/** The values by their names. */
export function typedMap(entries: readonly TypedEntry[]): ReadonlyMap<string, Value> {
  return new Map(entries.map((entry) => [entry.name, valueOf(entry)]));
}

function valueOf({ type, value }: TypedEntry): Value {
  const read = type === undefined ? undefined : fromJson(type, value);
  return read?.ok === true ? read.value : bareValue(value);
}
