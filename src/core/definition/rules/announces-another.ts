// A trigger that says by a signal that another one is missing: not by the very signal that it expects.

import { type Problem } from '../problem.ts';
import { type Subject } from '../subject.ts';

/** Checks what triggers on an absence announce. */
export function announcesAnother({ definition, isDoubtful }: Subject): readonly Problem[] {
  return definition.triggers.flatMap((trigger, index): readonly Problem[] => {
    const path = ['triggers', String(index), 'announce'];
    if (!('announce' in trigger) || trigger.announce !== trigger.signal || isDoubtful(...path)) return [];
    return [
      {
        rule: 'announces-itself',
        message: `"${trigger.signal}" is what is missing, so it cannot be announced by a signal of the same name.`,
        hint: `Give it a name of its own, such as ${trigger.signal}.missing.`,
        path,
      },
    ];
  });
}
