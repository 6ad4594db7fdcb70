// The environment of a step: names that every shell takes, none of ours, and templates whose names exist.

import { environmentNameFault } from '../names.ts';
import { type Problem } from '../problem.ts';
import { type Subject } from '../subject.ts';
import { templateProblems } from './expression-problems.ts';

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/u;

/** Checks the names and values of every `env`. */
export function environments({ steps, scopeOf }: Subject): readonly Problem[] {
  return steps.flatMap((placed) => {
    const path = [...placed.path, 'env'];
    const scope = scopeOf(placed);
    return placed.step.env.flatMap(({ name, value }) => [
      ...nameProblems(name, [...path, name]),
      ...templateProblems(value, (variable) => environmentNameFault(variable, scope), [...path, name]),
    ]);
  });
}

function nameProblems(name: string, path: readonly string[]): readonly Problem[] {
  if (name.toUpperCase().startsWith('DOWNBEAT_')) {
    const message = `"${name}" is reserved: names that begin with DOWNBEAT_ are set by Downbeat.`;
    return [{ rule: 'reserved-name', message, hint: 'Give the variable another name.', path, onKey: true }];
  }
  if (VARIABLE.test(name)) return [];
  const message = `"${name}" cannot be the name of a variable: use letters, digits and underscores, and begin with no digit.`;
  return [{ rule: 'bad-identifier', message, path, onKey: true }];
}
