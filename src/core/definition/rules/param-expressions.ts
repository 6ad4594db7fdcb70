// What gives a parameter its value: expressions and `${name}` that only mention parameters, the run's own number and time,
// and the signal that started it; of the right type; and no parameters that need one another in a circle.

import { DEFAULT_PARAMS, defaultSources, isDefaultSource } from '../../params/defaults.ts';
import { circleText, mentionsOf } from '../../params/evaluate-params.ts';
import { textsOf } from '../../params/fill.ts';
import { type ParamDeclaration } from '../model.ts';
import { type NameFault } from '../name-fault.ts';
import { type Scope, type SignalScope, nameFault } from '../names.ts';
import { type Problem } from '../problem.ts';
import { signalOfSteps } from '../scopes.ts';
import { type NameType } from '../step-names.ts';
import { type Subject } from '../subject.ts';
import { templateProblems, typedProblems } from './expression-problems.ts';

/** Checks the expression or the texts of every parameter, and how they hang together. */
export function paramExpressions({ definition, isDoubtful }: Subject): readonly Problem[] {
  const params = definition.params.filter(({ name }) => !isDoubtful('params', name));
  const scope = scopeOfParams(definition.params, {
    isDoubtful,
    signal: signalOfSteps(definition, isDoubtful('triggers')),
  });
  const own = params.flatMap((param) => problemsOf(param, scope));
  return [...params.flatMap(otherType), ...own, ...(own.length > 0 ? [] : circles(params))];
}

function problemsOf(param: ParamDeclaration, scope: Scope): readonly Problem[] {
  const { name, type, value, expression } = param;
  const faultOf = (path: readonly string[]): NameFault | undefined => paramNameFault(path, scope);
  const path = ['params', name];
  if (expression !== undefined) {
    return typedProblems(expression, { scope, path: [...path, 'expression'], faultOf }, type);
  }
  if (value === undefined) return [];
  return textsOf(type, value).flatMap(({ text, path: inside }) =>
    text.includes('${') ? templateProblems(text, faultOf, pathOfText(param, inside)) : [],
  );
}

/** A bare value stands where a declaration with a `value` would: `locate` then stops at the parameter. */
function pathOfText({ name }: ParamDeclaration, inside: readonly string[]): readonly string[] {
  return ['params', name, 'value', ...inside];
}

const RUN_OF_PARAM: ReadonlyMap<string, NameType> = new Map([
  ['number', 'long'],
  ['scheduledFor', 'long'],
]);

interface Ground {
  readonly isDoubtful: Subject['isDoubtful'];
  readonly signal: SignalScope;
}

function scopeOfParams(params: readonly ParamDeclaration[], { isDoubtful, signal }: Ground): Scope {
  const own = params.map(({ name, type }): [string, NameType] => [name, isDoubtful('params', name) ? 'unknown' : type]);
  return {
    params: new Map<string, NameType>([...DEFAULT_PARAMS, ...own]),
    locals: new Map(),
    isComplete: !isDoubtful('params'),
    loopOf: () => undefined,
    run: RUN_OF_PARAM,
    signal,
    steps: { look: () => ({ kind: 'nowhere' }), ids: () => [], id: '' },
  };
}

function paramNameFault(path: readonly string[], scope: Scope): NameFault | undefined {
  const [root = ''] = path;
  switch (root) {
    case 'params':
      return undefined;
    case 'steps':
      return { message: 'There are no outputs yet: parameters get their values before the first step runs.' };
    case 'run':
    case 'signal':
    case 'signals':
    case 'secrets':
      return nameFault(path, scope);
    default:
      if (scope.params.has(root) || !scope.isComplete) return undefined;
      return {
        message: `There is no parameter "${root}".`,
        hint: 'Declare it under `params`, or use run.number, run.scheduledFor, or a default parameter such as RUN_TS.',
        meant: { word: root, among: [...scope.params.keys()] },
      };
  }
}

/** Others are made of it, and would not understand another type. */
function otherType({ name, type }: ParamDeclaration): readonly Problem[] {
  const wanted = DEFAULT_PARAMS.get(name);
  if (wanted === undefined || wanted === type || !isDefaultSource(name)) return [];
  const message = `"${name}" is a default parameter of every run, a ${wanted}, and here it is a ${type}.`;
  return [
    {
      rule: 'wrong-type',
      message,
      hint: `Make it a ${wanted}, or give it another name.`,
      path: ['params', name],
      onKey: true,
    },
  ];
}

/** Follows what parameters mention, default parameters included; one problem for each circle. */
function circles(params: readonly ParamDeclaration[]): readonly Problem[] {
  const edges = new Map(params.map((param) => [param.name, mentionsIn(param)]));
  const next = (name: string): readonly string[] => edges.get(name) ?? defaultSources(name);
  const done = new Set<string>();
  const problems: Problem[] = [];
  for (const { name } of params) {
    const round = roundFrom(name, next, done);
    if (round !== undefined) problems.push(circleProblem(round, edges));
  }
  return problems;
}

function mentionsIn({ type, value, expression }: ParamDeclaration): readonly string[] {
  if (expression !== undefined) return mentionsOf({ type, setting: { kind: 'expression', source: expression } });
  return value === undefined ? [] : mentionsOf({ type, setting: { kind: 'literal', json: value } });
}

/** The first circle that is reached from a name; what was looked through is done and is not looked at again. */
function roundFrom(
  start: string,
  next: (name: string) => readonly string[],
  done: Set<string>,
): readonly string[] | undefined {
  const way: { readonly name: string; readonly rest: string[] }[] = [];
  const enter = (name: string): void => {
    way.push({ name, rest: [...next(name)] });
  };
  let round: readonly string[] | undefined;
  if (!done.has(start)) enter(start);
  for (let here = way.at(-1); here !== undefined; here = way.at(-1)) {
    const name = here.rest.shift();
    const at = way.findIndex((other) => other.name === name);
    if (name === undefined) {
      done.add(here.name);
      way.pop();
    } else if (at !== -1) round ??= way.slice(at).map((other) => other.name);
    else if (!done.has(name)) enter(name);
  }
  return round;
}

function circleProblem(round: readonly string[], edges: ReadonlyMap<string, readonly string[]>): Problem {
  const first = round.find((name) => edges.has(name)) ?? '';
  return {
    rule: 'cycle',
    message: `${circleText(round)}, so none could ever be worked out.`,
    hint: 'Give one of them a plain value, or let one do without the next.',
    path: ['params', first],
    onKey: true,
  };
}
