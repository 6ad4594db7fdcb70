// The classes of the language by name, with their functions and constants. `new` among them makes an object.

import { type Thing } from '../thing.ts';
import { type Callables } from './callable.ts';
import { ARRAYS_FUNCTIONS, MAP_FUNCTIONS } from './collections.ts';
import { DATE_CONSTANTS, DAYS_FUNCTIONS, FORMAT_FUNCTIONS, ZONE_FUNCTIONS } from './date-formats.ts';
import { DATE_TIME_FUNCTIONS } from './date-time.ts';
import { UTIL_FUNCTIONS } from './dates.ts';
import { DEADLINE_FUNCTIONS } from './deadlines.ts';
import { BOOLEAN_FUNCTIONS, DOUBLE_FUNCTIONS, INTEGER_FUNCTIONS, LONG_FUNCTIONS, MATH_FUNCTIONS } from './numbers.ts';
import { CHANCE_FUNCTIONS, SYSTEM_FUNCTIONS, UUID_FUNCTIONS } from './system.ts';
import { STRING_FUNCTIONS } from './texts.ts';

/** All classes with functions that an expression may call. */
export const FUNCTIONS: ReadonlyMap<string, Callables> = new Map([
  ['String', STRING_FUNCTIONS],
  ['Math', new Map([...MATH_FUNCTIONS, ...CHANCE_FUNCTIONS])],
  ['Long', LONG_FUNCTIONS],
  ['Integer', INTEGER_FUNCTIONS],
  ['Double', DOUBLE_FUNCTIONS],
  ['Boolean', BOOLEAN_FUNCTIONS],
  ['Util', new Map([...UTIL_FUNCTIONS, ...DEADLINE_FUNCTIONS])],
  ['Map', MAP_FUNCTIONS],
  ['HashMap', MAP_FUNCTIONS],
  ['LinkedHashMap', MAP_FUNCTIONS],
  ['Arrays', ARRAYS_FUNCTIONS],
  ['System', SYSTEM_FUNCTIONS],
  ['UUID', UUID_FUNCTIONS],
  ['DateTime', DATE_TIME_FUNCTIONS],
  ['DateTimeZone', ZONE_FUNCTIONS],
  ['DateTimeFormat', FORMAT_FUNCTIONS],
  ['Days', DAYS_FUNCTIONS],
]);

/** Constants by class and name, such as `DateTimeZone.UTC`. */
export const CONSTANTS: ReadonlyMap<string, ReadonlyMap<string, Thing>> = DATE_CONSTANTS;
