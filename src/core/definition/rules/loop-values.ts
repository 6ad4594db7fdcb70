// The values that a loop goes through: expressions give an array, and what a `while` hands on fits the value it replaces.

import { canStandFor } from '../../expression/types.ts';
import { type OutputDeclaration, type WhileWork } from '../model.ts';
import { type Problem } from '../problem.ts';
import { type PlacedLoop } from '../step-lists.ts';
import { type Subject } from '../subject.ts';
import { arrayProblems } from './expression-problems.ts';

/** Checks the values of every loop. */
export function loopValues(subject: Subject): readonly Problem[] {
  return subject.loops.flatMap((loop) => {
    const { work } = loop;
    return work.kind === 'while' ? nextValueProblems(loop, work, subject) : expressionsOf(loop, subject);
  });
}

function expressionsOf(loop: PlacedLoop, { scopeOf, isDoubtful }: Subject): readonly Problem[] {
  if (loop.work.kind !== 'foreach') return [];
  return loop.work.over.flatMap((values) => {
    const path = [...loop.path, 'foreach', values.name];
    return 'expression' in values && !isDoubtful(...path) ? arrayProblems(values.expression, scopeOf(loop), path) : [];
  });
}

/** An output of the same name gives the next value, so its type must fit. */
function nextValueProblems(loop: PlacedLoop, work: WhileWork, { isDoubtful }: Subject): readonly Problem[] {
  return work.steps.flatMap((step, index) => {
    const path = [...loop.path, 'steps', String(index), 'outputs'];
    return step.outputs
      .filter(({ name }) => !isDoubtful(...path, name) && !isDoubtful(...loop.path, 'values', name))
      .flatMap((output) => misfit(output, work, [...path, output.name]));
  });
}

function misfit(output: OutputDeclaration, { values }: WhileWork, path: readonly string[]): readonly Problem[] {
  const value = values.find(({ name }) => name === output.name);
  if (value === undefined || canStandFor(output.type, value.type)) return [];
  const message = `The output "${output.name}" is a ${output.type}, and it gives the next value of the loop's "${output.name}", which is a ${value.type}.`;
  const hint = `Declare it as ${value.type}, or give one of the two another name.`;
  return [{ rule: 'wrong-type', message, hint, path }];
}
