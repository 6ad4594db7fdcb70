// The static check of statements: conditions, declared types, and what the program gives wherever it may end.

import { type Checker, reportType } from './checker.ts';
import { infer, requireCondition, requireFit } from './infer.ts';
import { type Block, type Declaration, type If, type Loop, type Statement, type Throw } from './statements.ts';
import { type Span } from './fault.ts';
import { withArticle } from './library/callable.ts';

/** How a statement may end: whether the next one can be reached at all. */
type Reach = 'goes-on' | 'ends';

/** Checks a statement; the last one of a program (`isLast`) gives its value. */
export function checkStatement(statement: Statement, isLast: boolean, checker: Checker): Reach {
  switch (statement.kind) {
    case 'block':
      return checkBlock(statement, isLast, checker);
    case 'evaluation': {
      const type = infer(statement.node, checker);
      if (isLast) checker.results.push({ type, from: statement.from, to: statement.to });
      return 'goes-on';
    }
    case 'declaration':
      checkDeclaration(statement, checker);
      if (isLast) endsWithout(statement, checker);
      return 'goes-on';
    case 'if':
      return checkIf(statement, isLast, checker);
    case 'loop':
      return checkLoop(statement, isLast, checker);
    case 'return':
      checker.results.push({
        type: infer(statement.value, checker),
        from: statement.value.from,
        to: statement.value.to,
      });
      return 'ends';
    case 'throw':
      checkThrow(statement, checker);
      return 'ends';
    case 'break':
    case 'continue':
      return 'ends';
  }
}

function endsWithout({ from, to }: Span, checker: Checker): void {
  checker.results.push({ type: 'void', from, to });
}

function checkBlock({ statements, from, to }: Block, isLast: boolean, checker: Checker): Reach {
  let reach: Reach = 'goes-on';
  for (const [position, statement] of statements.entries()) {
    const gives = isLast && reach === 'goes-on' && position === statements.length - 1;
    const next = checkStatement(statement, gives, checker);
    if (next === 'ends') reach = next;
  }
  if (isLast && statements.length === 0) endsWithout({ from, to }, checker);
  return reach;
}

function checkDeclaration({ type, variables }: Declaration, checker: Checker): void {
  for (const { name, value } of variables) {
    if (value !== undefined) requireFit(infer(value, checker), { name, type }, value, checker);
  }
}

function checkIf(statement: If, isLast: boolean, checker: Checker): Reach {
  requireCondition(statement.condition, 'The condition of if', checker);
  const yes = checkStatement(statement.yes, isLast, checker);
  if (statement.no === undefined) {
    if (isLast) endsWithout(statement.condition, checker);
    return 'goes-on';
  }
  const no = checkStatement(statement.no, isLast, checker);
  return yes === 'ends' && no === 'ends' ? 'ends' : 'goes-on';
}

function checkLoop(loop: Loop, isLast: boolean, checker: Checker): Reach {
  const { init, condition, update, body } = loop;
  if (init !== undefined) checkStatement(init, false, checker);
  if (condition !== undefined) requireCondition(condition, 'The condition of the loop', checker);
  checkStatement(body, false, checker);
  if (update !== undefined) infer(update, checker);
  const isEndless = condition === undefined || (condition.kind === 'literal' && condition.value === true);
  if (isEndless && !canBreak(body)) return 'ends';
  if (isLast) endsWithout(loop, checker);
  return 'goes-on';
}

/** Tells whether a statement has a `break` of the loop around it. */
function canBreak(statement: Statement): boolean {
  if (statement.kind === 'block') return statement.statements.some(canBreak);
  if (statement.kind === 'if') return canBreak(statement.yes) || (statement.no !== undefined && canBreak(statement.no));
  return statement.kind === 'break';
}

function checkThrow({ value }: Throw, checker: Checker): void {
  const type = infer(value, checker);
  if (type === 'string' || type === 'unknown') return;
  reportType(checker, `throw takes a text, not ${withArticle(type)}.`, value);
}
