// The names that expressions and templates of a definition may use, and what to say about one that they may not.

import { type Names } from '../expression/check.ts';
import { fixedParams } from './armed-triggers.ts';
import { type AbsenceTrigger, type ExpectationTrigger, type JoinTrigger, type TriggerDefinition } from './model.ts';
import { type NameFault, groupFault } from './name-fault.ts';
import { misplacedSecret, secretFault } from './secret.ts';
import { stepsFault } from './step-faults.ts';
import { type NameType, type StepScope, membersOf, walk } from './step-names.ts';

/** What can be seen from one place of a definition. */
export interface Scope {
  readonly params: ReadonlyMap<string, NameType>;
  /** The names that the loops around give, with the number of the round. */
  readonly locals: ReadonlyMap<string, NameType>;
  /** Whether there are no other parameters and names of loops than these, because all of them could be read. */
  readonly isComplete: boolean;
  /** The loop whose own steps know this name, if it is one of a loop. */
  readonly loopOf: (name: string) => string | undefined;
  /** What can be seen of `run`. */
  readonly run: ReadonlyMap<string, NameType>;
  readonly signal: SignalScope;
  readonly steps: StepScope;
}

/** Whether there is a signal to look at, and if not, why. */
export type SignalScope =
  | {
      readonly isThere: true;
      /** What signals of joins are called; undefined where not all of the triggers could be read. */
      readonly joined: readonly string[] | undefined;
    }
  | { readonly isThere: false; readonly why: string };

/** Roots of names that no parameter may have. */
export const RESERVED_ROOTS: readonly string[] = ['params', 'run', 'secrets', 'signal', 'signals', 'steps'];

/** The number of a loop's round, from 0: a name that every step inside the loop sees. */
export const LOOP_INDEX = 'loop_index';

/** What steps see of the run. */
export const RUN_OF_STEP: ReadonlyMap<string, NameType> = new Map([
  ['number', 'long'],
  ['status', 'string'],
  ['scheduledFor', 'long'],
]);

/** What is wrong with a name in the parameters of a trigger: there is no run yet, only the signal, if one came. */
export function triggerNameFault(path: readonly string[], trigger: TriggerDefinition): NameFault | undefined {
  const [root] = path;
  if (root === 'secrets') return misplacedSecret(path);
  if ('slots' in trigger) return joinNameFault(path, trigger);
  if (trigger.kind === 'absent' || trigger.kind === 'expected') return absenceNameFault(path, trigger);
  const { kind } = trigger;
  if (kind === 'signal' && root === 'signal' && path.length === 2) return undefined;
  if (kind === 'signal')
    return { message: 'A signal trigger can only fill in `signal.<name>`: nothing else is there yet.' };
  return { message: 'A trigger at times gives plain values: when it starts a run, there is nothing to fill in.' };
}

function absenceNameFault(
  [root, member = '', ...rest]: readonly string[],
  trigger: AbsenceTrigger | ExpectationTrigger,
): NameFault | undefined {
  const fixed = [
    ...(trigger.keys ?? []).map(({ param }) => param).filter((param) => !param.includes('.')),
    ...fixedParams(trigger).map(({ name }) => name),
  ];
  const names = ['since', 'signal', ...new Set(fixed)];
  if (root === 'absence' && names.includes(member) && rest.length === 0) return undefined;
  const known = names.map((name) => `\`absence.${name}\``);
  return {
    message: `A trigger with \`absentFor\` or \`expect\` can only fill in ${known.slice(0, -1).join(', ')} and ${known.at(-1) ?? ''}: nothing came.`,
  };
}

function joinNameFault([root, as, ...rest]: readonly string[], { slots }: JoinTrigger): NameFault | undefined {
  const names = slots.map((slot) => slot.as);
  if (root === 'signal' && as !== undefined && rest.length === 0) return undefined;
  if (root !== 'signals') {
    return {
      message:
        'A trigger on several signals can only fill in `signals.<as>.<name>`, or `signal.<name>` of the last one.',
    };
  }
  return (
    joinedFault(as, names) ??
    (rest.length === 1 ? undefined : groupFault(`signals.${as ?? ''}`, `signals.${as ?? ''}.<name>`))
  );
}

function joinedFault(as: string | undefined, names: readonly string[]): NameFault | undefined {
  if (as === undefined) return groupFault('signals', 'signals.<as>.<name>');
  if (names.includes(as)) return undefined;
  return {
    message: `No signal of a join is called "${as}".`,
    hint: names.length === 0 ? 'No trigger of the workflow joins signals.' : `There is ${names.join(', ')}.`,
    meant: { word: as, among: names },
  };
}

/** What is wrong with a name at this place; undefined if it is known. */
export function nameFault(path: readonly string[], scope: Scope): NameFault | undefined {
  const [root = '', member] = path;
  switch (root) {
    case 'params':
      return { message: '`params` is not yet supported here: write the name of the parameter by itself.' };
    case 'run':
      return member === undefined ? groupFault('run', 'run.number') : runFault(member, scope);
    case 'signal':
      return signalFault(member, scope);
    case 'steps':
      return stepsFault(path, scope.steps);
    case 'signals':
      return signalsFault(path, scope);
    case 'secrets':
      return misplacedSecret(path);
    default:
      return paramFault(root, scope);
  }
}

/** The same for a name in a template, where nothing but a map has members. */
export function templateNameFault(path: readonly string[], scope: Scope): NameFault | undefined {
  const fault = nameFault(path, scope);
  if (fault !== undefined) return fault;
  const length = lengthOf(path, scope);
  if (path.length <= length) return undefined;
  const type = typeOf(path.slice(0, length), scope);
  if (type === 'unknown' || type === 'map' || type === 'string_map') return undefined;
  const name = path.slice(0, length).join('.');
  return { message: `\`${name}\` is a ${type ?? 'value'}, which has no "${path[length] ?? ''}".` };
}

/** The same in the environment of a step, where secrets may stand too. */
export function environmentNameFault(path: readonly string[], scope: Scope): NameFault | undefined {
  return path[0] === 'secrets' ? secretFault(path) : templateNameFault(path, scope);
}

/** How much of the path is the name; what follows is inside the value. */
function lengthOf([root, id, ...members]: readonly string[], { steps }: Scope): number {
  if (root === 'run' || root === 'signal') return 2;
  if (root === 'signals') return 3;
  if (root !== 'steps' || id === undefined) return 1;
  const sight = steps.look(id);
  return 'names' in sight ? 2 + walk(sight.names, members).used : 2;
}

function paramFault(name: string, scope: Scope): NameFault | undefined {
  if (scope.locals.has(name) || scope.params.has(name) || !scope.isComplete) return undefined;
  const loop = scope.loopOf(name);
  if (loop !== undefined) {
    const message = `\`${name}\` is known inside the loop "${loop}" only.`;
    return { message, hint: `Use it in the steps of "${loop}", or use ${alternatives(scope)}.` };
  }
  return {
    message: `There is no parameter "${name}".`,
    hint: `Declare it under \`params\`, or use ${alternatives(scope)}.`,
    meant: { word: name, among: [...bareNames(scope), 'steps', 'signal', 'run', 'secrets'] },
  };
}

function bareNames({ params, locals }: Scope): readonly string[] {
  return [...locals.keys(), ...params.keys()];
}

function alternatives(scope: Scope): string {
  const locals = scope.locals.size > 0 ? [[...scope.locals.keys()].join('|')] : [];
  const signal = scope.signal.isThere ? ['signal.<name>'] : [];
  return [...locals, 'steps.<id>.<output>', ...signal, `run.${[...scope.run.keys()].join('|')}`].join(', ');
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
  return member === undefined ? groupFault('signal', 'signal.<name>') : undefined;
}

function signalsFault([, as, member]: readonly string[], { signal }: Scope): NameFault | undefined {
  if (!signal.isThere) return { message: `There are no signals here: ${signal.why}.` };
  if (as !== undefined && signal.joined === undefined) return undefined;
  return (
    joinedFault(as, signal.joined ?? []) ??
    (member === undefined ? groupFault(`signals.${as ?? ''}`, `signals.${as ?? ''}.<name>`) : undefined)
  );
}

/** The same for the checker of expressions, which asks for types. */
export function namesOf(scope: Scope): Names {
  return { typeOf: (path) => typeOf(path, scope), candidates: (path) => candidatesOf(path, scope) };
}

function typeOf(path: readonly string[], scope: Scope): NameType | undefined {
  const [root = '', ...members] = path;
  if (members.length === 0 && RESERVED_ROOTS.includes(root)) return 'unknown';
  switch (root) {
    case 'run':
      return scope.run.get(members[0] ?? '');
    // `params.get('x')` gives NULL where there is no x.
    case 'params':
      return bareType(members[0] ?? '', scope) ?? 'unknown';
    case 'signal':
    case 'signals':
      return 'unknown';
    case 'steps':
      return outputType(members, scope.steps);
    default:
      return bareType(root, scope) ?? (scope.isComplete ? undefined : 'unknown');
  }
}

function bareType(name: string, { locals, params }: Scope): NameType | undefined {
  return locals.get(name) ?? params.get(name);
}

function outputType([id = '', ...members]: readonly string[], steps: StepScope): NameType | undefined {
  const sight = steps.look(id);
  if (!('names' in sight)) return members.length === 0 || sight.kind === 'unknown' ? 'unknown' : undefined;
  const { type, used, end } = walk(sight.names, members);
  return type ?? (used === members.length || end.kind === 'workflow' ? 'unknown' : undefined);
}

function candidatesOf([root, id, ...members]: readonly string[], scope: Scope): readonly string[] {
  if (root === undefined) return [...bareNames(scope), ...RESERVED_ROOTS];
  if (root === 'run') return [...scope.run.keys()];
  if (root === 'signals' && id === undefined) return scope.signal.isThere ? (scope.signal.joined ?? []) : [];
  if (root !== 'steps') return [];
  if (id === undefined) return scope.steps.ids();
  const sight = scope.steps.look(id);
  return 'names' in sight ? membersOf(walk(sight.names, members).end) : [];
}
