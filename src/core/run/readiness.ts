// Whether a step may begin (maestro-behaviour §2.3): all it needs are complete, one of them leads to it, and its
// condition holds. The same function decides and explains.

import { type Definition } from '../definition/model.ts';
import { graphOf, type GraphStep } from '../definition/graph.ts';
import { type Expression } from '../expression/compile.ts';
import { evaluate } from '../expression/evaluate.ts';
import { type ExpressionFault } from '../expression/fault.ts';
import { text } from '../expression/text.ts';
import { type Entry } from '../json.ts';
import { follow, type Level, scopeOf } from './scope.ts';
import { atStep } from './steps-port.ts';
import { isComplete, isTerminalStep, type RunState, type StepStatus, type Unmet } from './state.ts';

/** What stands between a step and its beginning. */
export type Readiness =
  | { readonly kind: 'READY' }
  /** Steps that it needs are not complete yet; `blocked` ones never will be. By place in the definition. */
  | { readonly kind: 'WAITS'; readonly on: readonly number[]; readonly blocked: readonly number[] }
  | { readonly kind: 'UNMET'; readonly reason: Unmet }
  | { readonly kind: 'FAULT'; readonly fault: ExpressionFault };

/** Decides about a step that has not begun. */
export function readiness(level: Level, step: number): Readiness {
  const waits = waitsFor(level.run, level.definition, step);
  if (waits !== undefined) return waits;
  const node = graphOf(level.definition).steps[step];
  if (node === undefined) throw new Error(`no step ${String(step)}`);
  const led = isLedTo(level, node);
  if (typeof led !== 'boolean') return { kind: 'FAULT', fault: led };
  if (!led) return { kind: 'UNMET', reason: { kind: 'NO_PATH' } };
  if (node.when === undefined) return { kind: 'READY' };
  const verdict = holds(level, node.when);
  if (typeof verdict !== 'boolean') return { kind: 'FAULT', fault: verdict };
  return verdict
    ? { kind: 'READY' }
    : {
        kind: 'UNMET',
        reason: { kind: 'WHEN', expression: node.when.source, operands: operandsOf(level, node.when) },
      };
}

/** The steps that must be complete before this one is looked at; undefined if none is left. */
export function waitsFor(
  run: RunState,
  definition: Definition,
  step: number,
): Extract<Readiness, { kind: 'WAITS' }> | undefined {
  const statusOf = (index: number): StepStatus => run.steps[index]?.status ?? 'NOT_CREATED';
  const before = graphOf(definition).steps[step]?.predecessors ?? [];
  const on = before.map(({ index }) => index).filter((index) => !isComplete(statusOf(index)));
  if (on.length === 0) return undefined;
  return { kind: 'WAITS', on, blocked: on.filter((index) => isTerminalStep(statusOf(index))) };
}

/** A step leads on if it was done and its condition towards the next is true; one that was left out leads nowhere. */
function isLedTo(level: Level, node: GraphStep): boolean | ExpressionFault {
  if (node.predecessors.length === 0) return true;
  for (const { index, condition } of node.predecessors) {
    if (level.run.steps[index]?.status === 'UNSATISFIED') continue;
    if (condition === undefined) return true;
    const verdict = holds(atStep(level, index), condition);
    if (verdict !== false) return verdict;
  }
  return false;
}

function holds(level: Level, expression: Expression): boolean | ExpressionFault {
  const value = evaluate(expression, scopeOf(level, pathsOf(expression)), level.context);
  if (!value.ok) return value.failure;
  if (typeof value.value === 'boolean') return value.value;
  return {
    code: 'EXPRESSION_TYPE',
    message: `A condition must be true or false, and this one gave ${text(value.value)}.`,
    from: 0,
    to: expression.source.length,
  };
}

function operandsOf(level: Level, expression: Expression): readonly Entry[] {
  const scope = scopeOf(level, pathsOf(expression));
  const operands = new Map<string, string>();
  for (const { path } of expression.references) {
    const value = follow(scope, path);
    if (value !== undefined) operands.set(path.join('.'), text(value));
  }
  return [...operands].map(([name, value]) => ({ name, value }));
}

function pathsOf(expression: Expression): readonly (readonly string[])[] {
  return expression.references.map(({ path }) => path);
}
