// Limits that parameters give: their names exist and can be limits, and so is what the definition itself gives them.

import { parseTemplate, render } from '../../expression/template.ts';
import { type Value } from '../../expression/value.ts';
import { fromJson } from '../../params/value.ts';
import { type GivenLimit } from '../given-limit.ts';
import { limitValue, limitWords } from '../limit-value.ts';
import { type ParamDeclaration } from '../model.ts';
import { type NameFault } from '../name-fault.ts';
import { RESERVED_ROOTS, type Scope, templateNameFault } from '../names.ts';
import { type Problem } from '../problem.ts';
import { type Subject } from '../subject.ts';
import { templateProblems } from './expression-problems.ts';

/** Checks every limit of the workflow and of its steps that is written as `${name}`. */
export function givenLimits(subject: Subject): readonly Problem[] {
  const { definition, steps, scopeOf } = subject;
  const [first] = steps;
  const ofWorkflow =
    first === undefined || definition.limits === undefined
      ? []
      : limitProblems(subject, definition.limits, { scope: scopeOf(first), path: [] });
  return [
    ...ofWorkflow,
    ...steps.flatMap((placed) => {
      const { limits } = placed.step;
      return limits === undefined ? [] : limitProblems(subject, limits, { scope: scopeOf(placed), path: placed.path });
    }),
  ];
}

interface Place {
  readonly scope: Scope;
  readonly path: readonly string[];
}

function limitProblems(subject: Subject, limits: readonly GivenLimit[], place: Place): readonly Problem[] {
  const tries = limits.filter(({ limit }) => limit.startsWith('retry.'));
  const isOne = tries.length === 3 && new Set(tries.map(({ text }) => text)).size === 1;
  return limits
    .filter((given) => !isOne || !tries.slice(1).includes(given))
    .flatMap((given) => {
      const keys = isOne && tries.includes(given) ? ['retry'] : given.limit.split('.');
      return problemsOf(subject, given, { ...place, path: [...place.path, ...keys] });
    });
}

function problemsOf(subject: Subject, given: GivenLimit, { scope, path }: Place): readonly Problem[] {
  const names = templateProblems(given.text, (name) => nameFault(name, given, scope), path);
  return names.length > 0 ? names : valueProblems(subject, given, { scope, path });
}

const NO_LIMITS: ReadonlySet<string> = new Set([
  'boolean',
  'map',
  'string_map',
  'string_array',
  'long_array',
  'double_array',
  'boolean_array',
]);

function nameFault(path: readonly string[], { limit }: GivenLimit, scope: Scope): NameFault | undefined {
  const [root = ''] = path;
  if (RESERVED_ROOTS.includes(root)) {
    return {
      message: `The ${limitWords(limit)} is worked out from parameters alone, before anything else of the step is known.`,
      hint: 'Name a parameter of the workflow, or of a loop around.',
    };
  }
  const fault = templateNameFault(path, scope);
  if (fault !== undefined) return fault;
  const type = scope.locals.get(root) ?? scope.params.get(root) ?? 'unknown';
  if (path.length > 1 || !NO_LIMITS.has(type)) return undefined;
  return { message: `\`${root}\` is a ${type}, and the ${limitWords(limit)} must be a number or a text.` };
}

/** What the definition itself gives is tried; what only the start gives is judged when the run needs it. */
function valueProblems(
  { definition, isDoubtful }: Subject,
  given: GivenLimit,
  { scope, path }: Place,
): readonly Problem[] {
  const declared = new Map(
    definition.params
      .filter(({ name }) => !scope.locals.has(name) && !isDoubtful('params', name))
      .map((param) => [param.name, literalOf(param)]),
  );
  const template = parseTemplate(given.text);
  const text = template.ok ? render(template.value, ([name = '']) => declared.get(name)) : template;
  if (!text.ok) return [];
  const value = limitValue(given.limit, text.value, undefined);
  if (value.ok) return [];
  const message = `The ${limitWords(given.limit)} must be ${value.failure}, and ${given.text} gives "${text.value}".`;
  return [{ rule: 'bad-limit', message, hint: 'Give the parameter another value.', path }];
}

function literalOf({ type, value }: ParamDeclaration): Value | undefined {
  if (value === undefined || JSON.stringify(value).includes('${')) return undefined;
  const read = fromJson(type, value);
  return read.ok ? read.value : undefined;
}
