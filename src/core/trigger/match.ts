// Whether a signal meets what a trigger demands. The same function decides, answers the publisher, and explains.

import { type Clause } from '../definition/model.ts';
import { type Entry, type Json, entryOf } from '../json.ts';

/** The first clause that a signal's parameters do not meet, with the value that decided; undefined if all are met. */
export function unmetClause(
  where: readonly Clause[],
  params: readonly Entry[],
): { readonly clause: Clause; readonly actual: Json } | undefined {
  for (const clause of where) {
    const actual = entryOf(params, clause.param) ?? null;
    if (!meets(clause, actual)) return { clause, actual };
  }
  return undefined;
}

/** A clause as a person would write it: `rows >= 100`. */
export function clauseText(clause: Clause): string {
  return `${clause.param} ${clause.operator} ${JSON.stringify(clause.operand)}`;
}

function meets({ operator, operand }: Clause, actual: Json): boolean {
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
