// Evaluates the expressions and templates of a run's definition in the scope of the run.

import { secretNamed } from '../definition/secret.ts';
import { compile } from '../expression/compile.ts';
import { evaluate } from '../expression/evaluate.ts';
import { type ExpressionFault } from '../expression/fault.ts';
import { parseTemplate, render, renderParts, renderValue } from '../expression/template.ts';
import { type Value } from '../expression/value.ts';
import { type Failure } from '../failure.ts';
import { type Entry } from '../json.ts';
import { bareJson } from '../params/bare.ts';
import { type Result, failed, success } from '../result.ts';
import { type EnvironmentText, type SecretReference } from './environment-text.ts';
import { follow, type Level, scopeOf } from './scope.ts';

/** The value of an expression; `own` names come before the run's. */
export function evaluateIn(
  level: Level,
  source: string,
  own: ReadonlyMap<string, Value> = new Map(),
): Result<Value, ExpressionFault> {
  const expression = compile(source);
  if (!expression.ok) return expression;
  const scope = scopeOf(
    level,
    expression.value.references.map(({ path }) => path),
  );
  return evaluate(expression.value, (name) => (own.has(name) ? own.get(name) : scope(name)), level.context);
}

/** A text with its `${…}` filled in. */
export function renderText(level: Level, source: string): Result<string, ExpressionFault> {
  const template = parseTemplate(source);
  if (!template.ok) return template;
  const scope = scopeOf(
    level,
    template.value.names.map(({ path }) => path),
  );
  return render(template.value, (path) => follow(scope, path));
}

/** The same, but for the secrets, which are left as references. */
export function renderEnvironment(level: Level, source: string): Result<EnvironmentText, ExpressionFault> {
  const template = parseTemplate(source);
  if (!template.ok) return template;
  const scope = scopeOf(
    level,
    template.value.names.map(({ path }) => path),
  );
  const lookup = (path: readonly string[]): Value | undefined => follow(scope, path);
  if (template.value.names.every(({ path }) => secretNamed(path) === undefined)) return render(template.value, lookup);
  return renderParts(template.value, lookup, (path): SecretReference | undefined => {
    const secret = secretNamed(path);
    return secret === undefined ? undefined : { secret };
  });
}

/** Named values with the `${…}` of texts filled in; a text that is one `${name}` keeps the type of what it names. */
export function fillIn(level: Level, entries: readonly Entry[]): Result<readonly Entry[], ExpressionFault> {
  const filled: Entry[] = [];
  for (const { name, value } of entries) {
    if (typeof value !== 'string') {
      filled.push({ name, value });
      continue;
    }
    const template = parseTemplate(value);
    if (!template.ok) return template;
    const scope = scopeOf(
      level,
      template.value.names.map(({ path }) => path),
    );
    const rendered = renderValue(template.value, (path) => follow(scope, path));
    if (!rendered.ok) return failed(rendered.failure);
    filled.push({ name, value: bareJson(rendered.value) });
  }
  return success(filled);
}

/** What it means for a step that one of its expressions could not be evaluated. */
export function expressionFailure(stepId: string, fault: Pick<ExpressionFault, 'code' | 'message'>): Failure {
  return {
    kind: 'USER',
    code: fault.code,
    message: `An expression of step "${stepId}" could not be evaluated: ${fault.message}`,
    hint: 'Correct the expression and apply the workflow again, then start a new run: a restart keeps the version.',
    retryable: false,
  };
}
