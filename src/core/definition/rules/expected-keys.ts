// Triggers that expect a signal for each value of a key: as many as can be armed, each under a name of its own.

import { armedTriggers, keyedName, keyValues } from '../armed-triggers.ts';
import { type Definition, type TriggerDefinition } from '../model.ts';
import { type Problem } from '../problem.ts';
import { type Subject } from '../subject.ts';

/** How many triggers a workflow may have armed at once. */
const MOST_TRIGGERS = 100;

/** Checks every trigger with `for`. */
export function expectedKeys({ definition, isDoubtful }: Subject): readonly Problem[] {
  const keyed = definition.triggers.flatMap((trigger, index) => {
    const path = ['triggers', String(index), 'for'];
    return 'keys' in trigger && !isDoubtful(...path) ? [{ trigger, path }] : [];
  });
  const [first] = keyed;
  if (first === undefined) return [];
  const tooMany = tooManyProblem(definition, first.path);
  // Their names are worked out only where there are few: a product of long lists is not.
  if (tooMany !== undefined) return [tooMany];
  return keyed.flatMap(({ trigger, path }) => [
    ...demandedTwice(trigger, path),
    ...sameNames(definition, trigger, path),
  ]);
}

function tooManyProblem({ triggers }: Definition, path: readonly string[]): Problem | undefined {
  const count = triggers.reduce((sum, trigger) => sum + armedCount(trigger), 0);
  if (count <= MOST_TRIGGERS) return undefined;
  return {
    rule: 'too-many-triggers',
    message: `A trigger is armed for each value under \`for\`, which makes ${String(count)}, and ${String(MOST_TRIGGERS)} are the most.`,
    hint: 'Expect fewer values, or spread them over several workflows.',
    path,
  };
}

function armedCount(trigger: TriggerDefinition): number {
  if (!('keys' in trigger)) return 1;
  return trigger.keys.reduce((product, { values }) => product * values.length, 1);
}

type Keyed = Extract<TriggerDefinition, { readonly kind: 'absent' | 'expected' }>;

function demandedTwice({ keys = [], where }: Keyed, path: readonly string[]): readonly Problem[] {
  return keys
    .filter(({ param }) => where.some((clause) => clause.param === param))
    .map(({ param }) => ({
      rule: 'demanded-twice',
      message: `"${param}" stands under \`for\` and under \`where\`.`,
      hint: 'Under `for` it has one of the listed values already: remove it from `where`.',
      path: [...path, param],
      onKey: true,
    }));
}

function sameNames(definition: Definition, { name, keys = [] }: Keyed, path: readonly string[]): readonly Problem[] {
  const names = armedTriggers(definition.triggers).map((trigger) => trigger.name);
  const clash = keyValues(keys).find((fixed) => {
    const own = keyedName(name, fixed);
    return names.indexOf(own) !== names.lastIndexOf(own);
  });
  if (clash === undefined) return [];
  const values = clash.map(({ value }) => JSON.stringify(value)).join(', ');
  return [
    {
      rule: 'duplicate-trigger',
      message: `Two triggers would be called "${keyedName(name, clash)}": one for ${values}, and another.`,
      hint: 'Of a value only letters, digits, dots and dashes go into the name. Make two triggers of it, each with a `name`.',
      path,
    },
  ];
}
