// Whether a step may begin (maestro-behaviour §2.3): all it needs are complete, one of them leads to it, and its
// condition holds. The same function decides and explains.

import { type Definition } from '../definition/model.ts';
import { graphOf, type GraphStep } from '../definition/graph.ts';
import { type Expression } from '../expression/compile.ts';
import { evaluate, type Scope } from '../expression/evaluate.ts';
import { type ExpressionFault } from '../expression/fault.ts';
import { text } from '../expression/text.ts';
import { type Entry } from '../json.ts';
import { follow, scopeOf } from './scope.ts';
import { isComplete, isTerminalStep, type RunState, type Unmet } from './state.ts';

/** What stands between a step and its beginning. */
export type Readiness =
  | { readonly kind: 'READY' }
  /** Steps that it needs are not complete yet; `blocked` ones never will be. By place in the definition. */
  | { readonly kind: 'WAITS'; readonly on: readonly number[]; readonly blocked: readonly number[] }
  | { readonly kind: 'UNMET'; readonly reason: Unmet }
  | { readonly kind: 'FAULT'; readonly fault: ExpressionFault };

/** Decides about a step that has not begun. */
export function readiness(run: RunState, definition: Definition, step: number): Readiness {
  const graph = graphOf(definition);
  const node = graph.steps[step];
  if (node === undefined) throw new Error(`no step ${String(step)}`);
  const open = node.predecessors.filter(({ index }) => !isComplete(run.steps[index]?.status ?? 'NOT_CREATED'));
  if (open.length > 0) {
    const blocked = open.filter(({ index }) => isTerminalStep(run.steps[index]?.status ?? 'NOT_CREATED'));
    return { kind: 'WAITS', on: open.map(({ index }) => index), blocked: blocked.map(({ index }) => index) };
  }
  const scope = scopeOf(run, definition);
  const led = isLedTo(run, node, scope);
  if (typeof led !== 'boolean') return { kind: 'FAULT', fault: led };
  if (!led) return { kind: 'UNMET', reason: { kind: 'NO_PATH' } };
  if (node.when === undefined) return { kind: 'READY' };
  const verdict = holds(node.when, scope);
  if (typeof verdict !== 'boolean') return { kind: 'FAULT', fault: verdict };
  return verdict
    ? { kind: 'READY' }
    : {
        kind: 'UNMET',
        reason: { kind: 'WHEN', expression: node.when.source, operands: operandsOf(node.when, scope) },
      };
}

/** A step leads on if it was done and its condition towards the next is true; one that was left out leads nowhere. */
function isLedTo(run: RunState, node: GraphStep, scope: Scope): boolean | ExpressionFault {
  if (node.predecessors.length === 0) return true;
  for (const { index, condition } of node.predecessors) {
    if (run.steps[index]?.status === 'UNSATISFIED') continue;
    if (condition === undefined) return true;
    const verdict = holds(condition, scope);
    if (verdict !== false) return verdict;
  }
  return false;
}

function holds(expression: Expression, scope: Scope): boolean | ExpressionFault {
  const value = evaluate(expression, scope);
  if (!value.ok) return value.failure;
  if (typeof value.value === 'boolean') return value.value;
  return {
    code: 'EXPRESSION_TYPE',
    message: `A condition must be true or false, and this one gave ${text(value.value)}.`,
    from: 0,
    to: expression.source.length,
  };
}

function operandsOf(expression: Expression, scope: Scope): readonly Entry[] {
  const operands = new Map<string, string>();
  for (const { path } of expression.references) {
    const value = follow(scope, path);
    if (value !== undefined) operands.set(path.join('.'), text(value));
  }
  return [...operands].map(([name, value]) => ({ name, value }));
}
