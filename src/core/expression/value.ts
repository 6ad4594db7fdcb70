// The values and types of the expression language, of parameters and of outputs (maestro-behaviour §3.1, §3.10).

/** A value as expressions see it: LONG is `bigint` (64 bit), DOUBLE is `number`. */
export type Value = null | boolean | bigint | number | string | readonly Value[] | ValueMap;

/** A MAP. A JavaScript Map, so that a key such as `__proto__` is only a key. */
export type ValueMap = ReadonlyMap<string, Value>;

/** The ten types of a parameter or output, in the spelling of native definitions. */
export type ValueType =
  | 'string'
  | 'long'
  | 'double'
  | 'boolean'
  | 'string_map'
  | 'string_array'
  | 'long_array'
  | 'double_array'
  | 'boolean_array'
  | 'map';
