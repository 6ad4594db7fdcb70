// Declared types at work: a value that is put into a variable or an element must fit its type. A LONG is widened for a
// double; nothing else is converted.

import { LONGEST_ARRAY, fail, spend, spendElements } from './budget.ts';
import { type DeclaredType, declaredText, initialOf, isNullable, kindOfItem } from './declared.ts';
import { withArticle } from './library/callable.ts';
import { type Machine } from './machine.ts';
import { refuseCircle } from './measure.ts';
import { isArray } from './text.ts';
import { type Thing } from './thing.ts';
import { type Kind, kindOf } from './types.ts';

/** Gives the value as the type has it; one that does not fit is a fault that names the variable. */
export function fitted(value: Thing, name: string, type: DeclaredType, machine: Machine): Thing {
  if (value === null) return isNullable(type) ? value : misfit(name, type, 'null', machine);
  if (type.isArray) return fittedArray(value, name, type, machine);
  const kind = kindOf(value);
  const fit = fits(value, kind, kindOfItem(type.item));
  return fit ?? misfit(name, type, kind, machine);
}

/** The value, widened if need be; undefined if it does not fit. */
function fits(value: Thing, kind: Kind, wanted: Kind | undefined): Thing | undefined {
  if (kind === 'void') return undefined;
  if (wanted === undefined || kind === wanted) return value;
  return wanted === 'double' && typeof value === 'bigint' ? Number(value) : undefined;
}

function fittedArray(value: Thing, name: string, type: DeclaredType, machine: Machine): Thing {
  if (!isArray(value)) return misfit(name, type, kindOf(value), machine);
  const known = machine.items.get(value);
  const wanted = kindOfItem(type.item);
  if (known !== undefined) {
    const isSame = wanted === undefined || kindOfItem(known) === wanted;
    return isSame ? value : misfit(name, type, `${known}[]`, machine);
  }
  spend(machine, value.length);
  const other = value.find((item) => item !== null && wanted !== undefined && kindOf(item) !== wanted);
  if (other !== undefined) return misfit(name, type, `array with ${withArticle(kindOf(other))}`, machine);
  machine.items.set(value, type.item);
  return value;
}

function misfit(name: string, type: DeclaredType, found: string, machine: Machine): never {
  return fail(machine, 'EXPRESSION_TYPE', misfitText(name, type, found));
}

/** Says that a value does not fit a variable. */
export function misfitText(name: string, type: DeclaredType, found: string): string {
  const article = /^[aeiouA]/.test(type.item) && !type.item.startsWith('U') ? 'an' : 'a';
  return `${name} is ${article} ${declaredText(type)}, which cannot be ${withArticle(found)}.`;
}

/** Makes an array of a length, every item as its type is at first. */
export function newArray(item: string, length: Thing, machine: Machine): Thing {
  if (typeof length !== 'bigint') {
    return fail(machine, 'EXPRESSION_TYPE', `The length of an array is a long, not ${withArticle(kindOf(length))}.`);
  }
  if (length < 0n) return fail(machine, 'EXPRESSION_FAILED', `An array cannot have ${length.toString()} items.`);
  const count = length > BigInt(LONGEST_ARRAY) ? LONGEST_ARRAY + 1 : Number(length);
  spendElements(machine, count);
  return owned(
    Array.from({ length: count }, () => initialOf(item)),
    item,
    machine,
  );
}

/** Makes an array of its items. */
export function arrayOf(item: string, items: readonly Thing[], machine: Machine): Thing {
  spendElements(machine, items.length);
  const fit = items.map((value) => fitted(value, 'An item of the array', { item, isArray: false }, machine));
  return owned(fit, item, machine);
}

function owned(array: Thing[], item: string, machine: Machine): Thing {
  machine.items.set(array, item);
  return array;
}

/** Sets an element of an array, which keeps the type of its items. */
export function setElement(array: Thing, index: Thing, change: (element: Thing) => Thing, machine: Machine): Thing {
  if (!isArray(array) || typeof index !== 'bigint') return refuseElement(array, index, machine);
  if (index < 0n || index >= BigInt(array.length)) {
    const size = String(array.length);
    return fail(
      machine,
      'EXPRESSION_FAILED',
      `The index ${index.toString()} is outside the array, which has ${size} elements.`,
    );
  }
  const before = array[Number(index)] ?? null;
  const value = change(before);
  refuseCircle(array, value, machine);
  const item = machine.items.get(array) ?? itemLike(array);
  const fit = fitted(value, 'An element of this array', { item, isArray: false }, machine);
  // The arrays that a program with such assignments sees are its own: made by it, or copied for it.
  (array as Thing[])[Number(index)] = fit;
  return fit;
}

function refuseElement(array: Thing, index: Thing, machine: Machine): never {
  const kind = kindOf(array);
  if (kind === 'map') return fail(machine, 'EXPRESSION_TYPE', 'A map is changed by put(key, value).');
  const problem =
    kind === 'array' ? `by a long, not by ${withArticle(kindOf(index))}` : `; this is ${withArticle(kind)}`;
  return fail(machine, 'EXPRESSION_TYPE', `Only elements of arrays can be assigned to, ${problem}.`);
}

const LIKE: ReadonlyMap<Kind, string> = new Map([
  ['long', 'long'],
  ['double', 'double'],
  ['boolean', 'boolean'],
  ['string', 'String'],
]);

/** The item type of an array that came from outside or from a function: that of its first element. */
function itemLike(array: readonly Thing[]): string {
  return LIKE.get(kindOf(array[0] ?? null)) ?? 'Object';
}
