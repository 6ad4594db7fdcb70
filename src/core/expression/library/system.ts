// The classes System and UUID, and chance: all from the context of the evaluation, never from the machine.

import { type Callables, callable } from './callable.ts';
import { drawn, nowOf } from './clock.ts';

/** The functions of the class System: only the time. */
export const SYSTEM_FUNCTIONS: Callables = new Map([
  ['currentTimeMillis', callable([], 'long', (_, budget) => BigInt(Math.floor(nowOf(budget))))],
]);

const HIGH = 2 ** 26;
const PRECISION = 2 ** 53;

/** The functions of the class Math that draw. */
export const CHANCE_FUNCTIONS: Callables = new Map([
  ['random', callable([], 'double', (_, budget) => ((drawn(budget) >>> 5) * HIGH + (drawn(budget) >>> 6)) / PRECISION)],
]);

/** The functions of the class UUID. */
export const UUID_FUNCTIONS: Callables = new Map([
  [
    'randomUUID',
    callable([], 'UUID', (_, budget) => {
      const digits = Array.from({ length: 4 }, () => drawn(budget).toString(16).padStart(8, '0')).join('');
      const variant = (8 + (Number.parseInt(digits.charAt(16), 16) & 3)).toString(16);
      const parts = [
        digits.slice(0, 8),
        digits.slice(8, 12),
        `4${digits.slice(13, 16)}`,
        `${variant}${digits.slice(17, 20)}`,
        digits.slice(20),
      ];
      return { kind: 'UUID', text: parts.join('-') };
    }),
  ],
]);

/** The methods of UUIDs. */
export const UUID_METHODS: Callables = new Map([['toString', callable(['UUID'], 'string', ([{ text }]) => text)]]);
