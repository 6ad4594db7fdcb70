// Whether a signal meets what a trigger demands. The same function decides, answers the publisher, and explains.

import { type Clause } from '../definition/model.ts';
import { type Entry, type Json, entryOf } from '../json.ts';
import { isJsonArray, isJsonObject } from '../params/infer-type.ts';

/** The first clause that a signal's parameters do not meet, with the value that decided; undefined if all are met. */
export function unmetClause(
  where: readonly Clause[],
  params: readonly Entry[],
): { readonly clause: Clause; readonly actual: Json } | undefined {
  for (const clause of where) {
    const actual = valueAt(params, clause.param) ?? null;
    if (!meets(clause, actual)) return { clause, actual };
  }
  return undefined;
}

/** The value under a name, which itself may have dots; else that which a path such as `station.city` leads to. */
export function valueAt(params: readonly Entry[], path: string): Json | undefined {
  const own = entryOf(params, path);
  if (own !== undefined) return own;
  for (let cut = path.lastIndexOf('.'); cut > 0; cut = path.lastIndexOf('.', cut - 1)) {
    const root = entryOf(params, path.slice(0, cut));
    if (root !== undefined) return memberAt(root, path.slice(cut + 1).split('.'));
  }
  return undefined;
}

function memberAt(value: Json, path: readonly string[]): Json | undefined {
  let member: Json | undefined = value;
  for (const name of path) {
    if (member === undefined || !isJsonObject(member) || !Object.hasOwn(member, name)) return undefined;
    member = member[name];
  }
  return member;
}

/** A clause as a person would write it: `rows >= 100`. */
export function clauseText(clause: Clause): string {
  return `${clause.param} ${clause.operator} ${JSON.stringify(clause.operand)}`;
}

function meets({ operator, operand }: Clause, actual: Json): boolean {
  if (operator === 'in') return isJsonArray(operand) && operand.some((item) => compare(actual, item) === 0);
  const order = compare(actual, operand);
  switch (operator) {
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order !== undefined && order < 0;
    case '<=':
      return order !== undefined && order <= 0;
    case '>':
      return order !== undefined && order > 0;
    case '>=':
      return order !== undefined && order >= 0;
  }
}

/** Numbers by size, texts by their characters; whatever else is only equal or not, and so is what differs in type. */
function compare(one: Json, other: Json): number | undefined {
  if (typeof one === 'number' && typeof other === 'number') return Math.sign(one - other);
  if (typeof one === 'string' && typeof other === 'string') return one === other ? 0 : one < other ? -1 : 1;
  return JSON.stringify(one) === JSON.stringify(other) ? 0 : undefined;
}
