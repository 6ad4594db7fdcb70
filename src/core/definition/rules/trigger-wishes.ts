// `when` and `idempotencyKey` of triggers: expressions over the signals that came and the parameters that the trigger gives.

import { type JoinTrigger, type SignalTrigger } from '../model.ts';
import { type NameFault } from '../name-fault.ts';
import { type Scope, nameFault } from '../names.ts';
import { type Problem } from '../problem.ts';
import { type NameType } from '../step-names.ts';
import { type Subject } from '../subject.ts';
import { expressionProblems, textProblems } from './expression-problems.ts';

/** Checks which runs the triggers want. */
export function triggerWishes(subject: Subject): readonly Problem[] {
  return subject.definition.triggers.flatMap((trigger, index) => {
    if (trigger.kind !== 'signal' && !('slots' in trigger)) return [];
    const { when, idempotencyKey } = trigger;
    const path = ['triggers', String(index)];
    const scope = scopeOf(trigger, subject);
    const faultOf = (name: readonly string[]): NameFault | undefined => wishNameFault(name, trigger, scope);
    return [
      ...(when === undefined ? [] : expressionProblems(when, scope, [...path, 'when'], faultOf)),
      ...(idempotencyKey === undefined
        ? []
        : textProblems(idempotencyKey, { scope, path: [...path, 'idempotencyKey'], faultOf })),
    ];
  });
}

type Wishing = SignalTrigger | JoinTrigger;

function scopeOf(trigger: Wishing, { definition, isDoubtful }: Subject): Scope {
  const types = new Map(
    definition.params.map(({ name, type }): [string, NameType] => [
      name,
      isDoubtful('params', name) ? 'unknown' : type,
    ]),
  );
  // What a template gives has the type of what came, whatever the run makes of it.
  const typeOf = ({ name, value }: Wishing['params'][number]): NameType =>
    typeof value === 'string' && value.includes('${') ? 'unknown' : (types.get(name) ?? 'unknown');
  return {
    params: new Map(trigger.params.map((param) => [param.name, typeOf(param)])),
    locals: new Map(),
    isComplete: !isDoubtful('triggers'),
    loopOf: () => undefined,
    run: new Map(),
    signal: { isThere: true, joined: 'slots' in trigger ? trigger.slots.map(({ as }) => as) : [] },
    steps: { look: () => ({ kind: 'nowhere' }), ids: () => [], id: '' },
  };
}

function wishNameFault(path: readonly string[], trigger: Wishing, scope: Scope): NameFault | undefined {
  const [root = ''] = path;
  switch (root) {
    case 'signal':
    case 'signals':
      return nameFault(path, scope);
    case 'params':
      return undefined;
    default: {
      if (scope.params.has(root) || !scope.isComplete) return undefined;
      const signals = 'slots' in trigger ? 'signals.<as>.<name>' : 'signal.<name>';
      return {
        message: `There is no "${root}" here: a trigger knows the signals that came and the parameters under its own \`params\`.`,
        hint: `Use ${signals}, or give "${root}" under the \`params\` of the trigger.`,
        meant: { word: root, among: [...scope.params.keys(), 'signal', 'signals'] },
      };
    }
  }
}
