// What an evaluation hands out: plain values, never an object of the language, and charged for all that they hold.

import { type Budget, fail } from './budget.ts';
import { withArticle } from './library/callable.ts';
import { charge } from './measure.ts';
import { isArray, isMade, isMap } from './text.ts';
import { type Made, type Thing } from './thing.ts';
import { type Value } from './value.ts';

const ADVICE: Readonly<Record<Exclude<Made['kind'], 'void'>, string>> = {
  DateTime: '.getMillis() or .toString()',
  DateTimeZone: '.toString()',
  DateTimeFormatter: '.print(date)',
  Days: '.getDays()',
  DateTimeProperty: '.get() or .getAsText()',
  UUID: '.toString()',
};

/** Gives a thing as a value; an object of the language is a fault that says what to write instead. */
export function toValue(thing: Thing, budget: Budget): Value {
  if (typeof thing !== 'object' || thing === null) return thing;
  charge(thing, budget, 0);
  refuseObjects(thing, budget);
  return thing as Value;
}

function refuseObjects(thing: Thing, budget: Budget): void {
  if (isMade(thing)) refuse(thing, budget);
  const members = isArray(thing) ? thing : isMap(thing) ? thing.values() : [];
  for (const member of members) refuseObjects(member, budget);
}

function refuse(made: Made, budget: Budget): never {
  if (made.kind === 'void') {
    const message = 'This gives no value (VOID): let it end with an expression, or with return and a value.';
    return fail(budget, 'EXPRESSION_TYPE', message);
  }
  const message = `${withArticle(made.kind)} is not a value that can be kept; end with ${ADVICE[made.kind]}.`;
  return fail(budget, 'EXPRESSION_TYPE', message.charAt(0).toUpperCase() + message.slice(1));
}
