// The static check: names and types of an expression or program before it is ever evaluated. Every problem is reported,
// none twice. When nothing is reported and all types are known, evaluation meets no name and type faults except by NULL.

import { type Checker, type Names, type Result, report } from './checker.ts';
import { checkStatement } from './check-statements.ts';
import { type Expression } from './compile.ts';
import { type ExpressionFault, faultAt } from './fault.ts';
import { infer } from './infer.ts';
import { withArticle } from './library/callable.ts';
import { canStandFor } from './types.ts';
import { type ValueType } from './value.ts';

export { type Names } from './checker.ts';

/** Lists what is wrong with an expression's names and types, and with the type of its result if one is expected. */
export function check(expression: Expression, names: Names, expected?: ValueType): readonly ExpressionFault[] {
  const checker: Checker = {
    names,
    program: expression.names,
    faults: [],
    infer,
    inferred: new Map(),
    results: [],
  };
  checkStatement(expression.root, true, checker);
  if (expected !== undefined) {
    for (const result of checker.results) checkResult(result, expected, expression, checker);
  }
  return checker.faults;
}

function checkResult(result: Result, expected: ValueType, { root }: Expression, checker: Checker): void {
  const { type } = result;
  if (canStandFor(type, expected)) return;
  if (type === 'void') {
    const message = `This may end without a value (VOID), but ${withArticle(expected)} is expected; add a return.`;
    report(checker, faultAt('EXPRESSION_TYPE', message, result));
    return;
  }
  const [only] = root.statements;
  const isAssignment = root.statements.length === 1 && only?.kind === 'evaluation' && only.node.kind === 'assignment';
  const hint = isAssignment ? ' To compare, write ==.' : '';
  const message = `This is a ${type}, but a ${expected} is expected.${hint}`;
  report(checker, faultAt('EXPRESSION_TYPE', message, result));
}
