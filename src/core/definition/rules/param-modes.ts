// Triggers only give parameters that a start may change: otherwise every run of theirs would be refused.

import { mayChange, whoMaySet } from '../../params/mode.ts';
import { sameJson } from '../../params/same-json.ts';
import { fromJson, toJson } from '../../params/value.ts';
import { type Json } from '../../json.ts';
import { type ParamDeclaration } from '../model.ts';
import { type Problem } from '../problem.ts';
import { type Subject } from '../subject.ts';

/** Checks what every trigger gives against the modes of the parameters. */
export function paramModes({ definition, isDoubtful }: Subject): readonly Problem[] {
  const fixed = new Map(
    definition.params
      .filter(({ name, mode = 'mutable' }) => !mayChange(mode, 'SIGNAL') && !isDoubtful('params', name))
      .map((param) => [param.name, param]),
  );
  return definition.triggers.flatMap((trigger, index) =>
    trigger.params.flatMap(({ name, value }): readonly Problem[] => {
      const param = fixed.get(name);
      if (param === undefined || isSame(param, value)) return [];
      const { mode = 'mutable' } = param;
      return [
        {
          rule: 'bad-mode',
          message: `The parameter "${name}" is ${mode}, so no trigger may give it a value: every run of this one would be refused.`,
          hint: whoMaySet(mode),
          path: ['triggers', String(index), 'params', name],
          onKey: true,
        },
      ];
    }),
  );
}

function isSame({ type, value }: ParamDeclaration, given: Json): boolean {
  const read = fromJson(type, given);
  return value !== undefined && read.ok && sameJson(toJson(type, read.value), value);
}
