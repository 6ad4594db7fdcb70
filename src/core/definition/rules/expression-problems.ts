// Faults of expressions and templates as problems of the definition: the sentence, and a caret under the faulty part.

import { type Names, check } from '../../expression/check.ts';
import { type Expression, type Reference, compile } from '../../expression/compile.ts';
import { type ExpressionFault, type Span, caret } from '../../expression/fault.ts';
import { parseTemplate } from '../../expression/template.ts';
import { type ValueType } from '../../expression/value.ts';
import { arrayFaults } from '../item-type.ts';
import { type NameFault } from '../name-fault.ts';
import { type Scope, nameFault, namesOf } from '../names.ts';
import { type Problem } from '../problem.ts';

/** What is wrong with a condition: its syntax, its names, or else its types. */
export function expressionProblems(
  source: string,
  scope: Scope,
  path: readonly string[],
  faultOf?: NameCheck,
): readonly Problem[] {
  const ground = { scope, path, ...(faultOf === undefined ? {} : { faultOf }) };
  return problemsOf(source, ground, (expression, names) => check(expression, names, 'boolean'));
}

/** The same for an expression whose value, of whatever type, is written as a text. */
export function textProblems(source: string, ground: Ground): readonly Problem[] {
  return problemsOf(source, ground, (expression, names) => check(expression, names));
}

/** The same for an expression that must give an array. */
export function arrayProblems(source: string, scope: Scope, path: readonly string[]): readonly Problem[] {
  return problemsOf(source, { scope, path }, arrayFaults);
}

/** The same for an expression that must give a value of the type, where other names may be wrong than elsewhere. */
export function typedProblems(source: string, ground: Ground, type: ValueType): readonly Problem[] {
  return problemsOf(source, ground, (expression, names) => check(expression, names, type));
}

interface Ground {
  readonly scope: Scope;
  readonly path: readonly string[];
  /** Otherwise `nameFault`. */
  readonly faultOf?: NameCheck;
}

function problemsOf(
  source: string,
  { scope, path, faultOf = (name) => nameFault(name, scope) }: Ground,
  faultsOf: (expression: Expression, names: Names) => readonly ExpressionFault[],
): readonly Problem[] {
  const expression = compile(source);
  if (!expression.ok) return [faultProblem(source, expression.failure, { rule: 'bad-expression', path })];
  const unknown = unknownNames(source, expression.value.references, { faultOf, path });
  if (unknown.length > 0) return unknown;
  return faultsOf(expression.value, namesOf(scope)).map((fault) =>
    faultProblem(source, fault, { rule: 'bad-expression', path }),
  );
}

/** What is wrong with a name, if anything. */
export type NameCheck = (path: readonly string[]) => NameFault | undefined;

/** What is wrong with a text that may have `${name}` in it. */
export function templateProblems(source: string, faultOf: NameCheck, path: readonly string[]): readonly Problem[] {
  const template = parseTemplate(source);
  if (!template.ok) return [faultProblem(source, template.failure, { rule: 'bad-template', path })];
  return unknownNames(source, template.value.names, { faultOf, path }).map((problem) => ({
    ...problem,
    hint: `${problem.hint ?? ''} For the characters themselves, write $\${…}.`.trim(),
  }));
}

interface Place {
  readonly faultOf: NameCheck;
  readonly path: readonly string[];
}

function unknownNames(source: string, references: readonly Reference[], { faultOf, path }: Place): readonly Problem[] {
  return references.flatMap((reference) => {
    const fault = faultOf(reference.path);
    return fault === undefined ? [] : [withCaret(source, reference, { ...fault, rule: 'unknown-name', path })];
  });
}

function faultProblem(
  source: string,
  fault: ExpressionFault,
  { rule, path }: { readonly rule: string; readonly path: readonly string[] },
): Problem {
  const { message, suggestion } = fault;
  const remark = suggestion === undefined ? {} : { suggestion, hint: `Did you mean ${suggestion}?` };
  return withCaret(source, fault, { message, rule, path, ...remark });
}

function withCaret(source: string, span: Span, problem: NameFault & Pick<Problem, 'rule' | 'path'>): Problem {
  return { ...problem, message: `${problem.message}\n${caret(source, span)}`, offset: span.from };
}
