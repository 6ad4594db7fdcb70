// The names that expressions and templates of a definition may use, and what to say about one that they may not.

import { type Names } from '../expression/check.ts';
import { type ValueType } from '../expression/value.ts';
import { type Mistyped } from './problem.ts';

/** The type of a name, if it is known before the run. */
export type NameType = ValueType | 'unknown';

/** What can be seen from one place of a definition. */
export interface Scope {
  readonly params: ReadonlyMap<string, NameType>;
  /** All names that a path may begin with, for suggestions. */
  readonly roots: readonly string[];
  /** What can be seen of `run`. */
  readonly run: ReadonlyMap<string, NameType>;
  readonly signal: SignalScope;
  readonly steps: StepScope;
}

/** Whether there is a signal to look at, and if not, why. */
export type SignalScope = { readonly isThere: true } | { readonly isThere: false; readonly why: string };

/** The steps that can be looked at. */
export interface StepScope {
  /** The outputs of every step of the workflow. */
  readonly outputs: ReadonlyMap<string, ReadonlyMap<string, NameType>>;
  /** All steps, for suggestions. */
  readonly ids: readonly string[];
  /** Whether the step is complete for sure by then. */
  readonly isUpstream: (step: string) => boolean;
  /** The step at hand, for messages. */
  readonly id: string;
}

/** What is wrong with a name. */
export interface NameFault {
  readonly message: string;
  readonly hint?: string;
  readonly meant?: Mistyped;
}

/** Roots of names that no parameter may have. */
export const RESERVED_ROOTS: readonly string[] = ['params', 'run', 'secrets', 'signal', 'signals', 'steps'];

/** What steps see of the run. */
export const RUN_OF_STEP: ReadonlyMap<string, NameType> = new Map([
  ['number', 'long'],
  ['status', 'string'],
  ['scheduledFor', 'long'],
]);

/** What is wrong with a name in the parameters of a trigger: there is no run yet, only the signal, if one came. */
export function triggerNameFault(path: readonly string[], kind: 'cron' | 'signal'): NameFault | undefined {
  const [root] = path;
  if (kind === 'signal' && root === 'signal' && path.length === 2) return undefined;
  if (kind === 'signal')
    return { message: 'A signal trigger can only fill in `signal.<name>`: nothing else is there yet.' };
  return { message: 'A cron trigger gives plain values: when it starts a run, there is nothing to fill in.' };
}

/** What is wrong with a name at this place; undefined if it is known. */
export function nameFault(path: readonly string[], scope: Scope): NameFault | undefined {
  const [root = '', member] = path;
  switch (root) {
    case 'params':
      return { message: '`params` is not yet supported here: write the name of the parameter by itself.' };
    case 'run':
      return member === undefined ? group('run', 'run.number') : runFault(member, scope);
    case 'signal':
      return signalFault(member, scope);
    case 'steps':
      return stepsFault(path, scope);
    case 'signals':
      return { message: '`signals` belongs to joined triggers, which are not yet supported here.' };
    case 'secrets':
      return { message: '`secrets` is not yet supported here.' };
    default:
      return paramFault(root, scope);
  }
}

const LENGTHS: ReadonlyMap<string, number> = new Map([
  ['run', 2],
  ['signal', 2],
  ['steps', 3],
]);

/** The same for a name in a template, where nothing but a map has members. */
export function templateNameFault(path: readonly string[], scope: Scope): NameFault | undefined {
  const fault = nameFault(path, scope);
  const length = LENGTHS.get(path[0] ?? '') ?? 1;
  const type = typeOf(path.slice(0, length), scope);
  if (fault !== undefined || path.length <= length) return fault;
  if (type === 'unknown' || type === 'map' || type === 'string_map') return undefined;
  const name = path.slice(0, length).join('.');
  return { message: `\`${name}\` is a ${type ?? 'value'}, which has no "${path[length] ?? ''}".` };
}

function group(name: string, form: string): NameFault {
  return { message: `\`${name}\` by itself is no value: write ${form}.` };
}

function paramFault(name: string, scope: Scope): NameFault | undefined {
  if (scope.params.has(name)) return undefined;
  return {
    message: `There is no parameter "${name}".`,
    hint: `Declare it under \`params\`, or use ${alternatives(scope)}.`,
    meant: { word: name, among: scope.roots },
  };
}

function alternatives(scope: Scope): string {
  const signal = scope.signal.isThere ? ['signal.<name>'] : [];
  return ['steps.<id>.<output>', ...signal, `run.${[...scope.run.keys()].join('|')}`].join(', ');
}

function runFault(member: string, scope: Scope): NameFault | undefined {
  if (scope.run.has(member)) return undefined;
  const members = [...scope.run.keys()];
  return {
    message: `\`run\` has no "${member}" here.`,
    hint: `It has ${members.join(', ')}.`,
    meant: { word: member, among: members },
  };
}

function signalFault(member: string | undefined, { signal }: Scope): NameFault | undefined {
  if (!signal.isThere) return { message: `There is no signal here: ${signal.why}.` };
  return member === undefined ? group('signal', 'signal.<name>') : undefined;
}

function stepsFault([, id, output]: readonly string[], { steps }: Scope): NameFault | undefined {
  if (id === undefined) return group('steps', 'steps.<id>.<output>');
  const outputs = steps.outputs.get(id);
  if (outputs === undefined) {
    return {
      message: `There is no step "${id}".`,
      hint: 'Write steps.<id>.<output>.',
      meant: { word: id, among: steps.ids },
    };
  }
  if (output === undefined) return group(`steps.${id}`, `steps.${id}.<output>`);
  if (!steps.isUpstream(id)) return notUpstream(id, steps.id);
  if (outputs.has(output)) return undefined;
  const declared = [...outputs.keys()];
  const none = declared.length === 0 ? 'It declares none' : `It has ${declared.join(', ')}`;
  const hint = `${none}; declare it there: outputs: { ${output}: string }`;
  return { message: `The step "${id}" has no output "${output}".`, hint, meant: { word: output, among: declared } };
}

function notUpstream(id: string, at: string): NameFault {
  if (id === at) return { message: `The step "${id}" cannot look at its own outputs: it has not run yet.` };
  return {
    message: `The step "${id}" may not be complete by then: "${at}" does not wait for it.`,
    hint: `Let "${at}" wait for it: needs: ${id}`,
  };
}

/** The same for the checker of expressions, which asks for types. */
export function namesOf(scope: Scope): Names {
  return { typeOf: (path) => typeOf(path, scope), candidates: (path) => candidatesOf(path, scope) };
}

function typeOf(path: readonly string[], scope: Scope): NameType | undefined {
  const [root = '', ...members] = path;
  if (members.length === 0 && RESERVED_ROOTS.includes(root)) return 'unknown';
  const [first = '', second] = members;
  switch (root) {
    case 'run':
      return scope.run.get(first);
    case 'signal':
      return 'unknown';
    case 'steps':
      return second === undefined ? 'unknown' : scope.steps.outputs.get(first)?.get(second);
    default:
      return scope.params.get(root);
  }
}

function candidatesOf([root, step]: readonly string[], scope: Scope): readonly string[] {
  if (root === undefined) return [...scope.params.keys(), ...RESERVED_ROOTS];
  if (root === 'run') return [...scope.run.keys()];
  if (root !== 'steps') return [];
  return [...((step === undefined ? scope.steps.outputs : scope.steps.outputs.get(step))?.keys() ?? [])];
}
