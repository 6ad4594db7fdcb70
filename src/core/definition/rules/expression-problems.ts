// Faults of expressions and templates as problems of the definition: the sentence, and a caret under the faulty part.

import { check } from '../../expression/check.ts';
import { compile, type Reference } from '../../expression/compile.ts';
import { type ExpressionFault, type Span, caret } from '../../expression/fault.ts';
import { parseTemplate } from '../../expression/template.ts';
import { type NameFault, type Scope, nameFault, namesOf } from '../names.ts';
import { type Problem } from '../problem.ts';

/** What is wrong with a condition: its syntax, its names, or else its types. */
export function expressionProblems(source: string, scope: Scope, path: readonly string[]): readonly Problem[] {
  const expression = compile(source);
  if (!expression.ok) return [faultProblem(source, expression.failure, { rule: 'bad-expression', path })];
  const faultOf: NameCheck = (name) => nameFault(name, scope);
  const unknown = unknownNames(source, expression.value.references, { faultOf, path });
  if (unknown.length > 0) return unknown;
  return check(expression.value, namesOf(scope), 'boolean').map((fault) =>
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
