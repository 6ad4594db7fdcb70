// Joins that can come about: as many `joinOn` names for each signal, names that tell the signals apart, and not more wanted
// than there are.

import { slotsKey } from '../joins.ts';
import { type JoinTrigger } from '../model.ts';
import { type Problem } from '../problem.ts';
import { type Subject } from '../subject.ts';

/** Checks every trigger on several signals. */
export function joinsFit({ definition, isDoubtful }: Subject): readonly Problem[] {
  return definition.triggers.flatMap((trigger, index) => {
    const path = ['triggers', String(index)];
    if (!('slots' in trigger) || isDoubtful(...path)) return [];
    return [...keyProblems(trigger, path), ...nameProblems(trigger, path), ...countProblems(trigger, path)];
  });
}

function keyProblems(trigger: JoinTrigger, path: readonly string[]): readonly Problem[] {
  const { slots } = trigger;
  const most = slots.reduce((known, slot) => (slot.joinOn.length > known.joinOn.length ? slot : known));
  return slots.flatMap((slot, index): readonly Problem[] => {
    const at = [...path, slotsKey(trigger), String(index)];
    if (slot.joinOn.length < most.joinOn.length) {
      const wanted = most.joinOn.map((name) => `"${name}"`).join(', ');
      return [
        {
          rule: 'join-keys',
          message: `"${most.signal}" is joined on ${wanted}, and "${slot.signal}" gives ${slot.joinOn.length === 0 ? 'nothing' : 'less'} to compare with.`,
          hint: `Write joinOn: ${most.joinOn.length === 1 ? (most.joinOn[0] ?? '') : `[${most.joinOn.join(', ')}]`}, or the names that "${slot.signal}" has for the same.`,
          path: at,
        },
      ];
    }
    const twin = slots.slice(0, index).find((other) => other.signal === slot.signal);
    if (twin === undefined || twin.joinOn.join('\n') === slot.joinOn.join('\n')) return [];
    return [
      {
        rule: 'join-keys',
        message: `"${slot.signal}" stands here twice with different \`joinOn\`: it could not be said where one of them belongs.`,
        hint: 'Give both the same `joinOn`.',
        path: at,
      },
    ];
  });
}

function nameProblems(trigger: JoinTrigger, path: readonly string[]): readonly Problem[] {
  const { slots } = trigger;
  return slots.flatMap(({ as, signal }, index): readonly Problem[] => {
    if (slots.findIndex((other) => other.as === as) === index) return [];
    return [
      {
        rule: 'duplicate-name',
        message: `Two signals of this join are called "${as}", and \`signals.${as}\` could mean either.`,
        hint: `Write as: ${as}_2, or whatever tells this "${signal}" from the other.`,
        path: [...path, slotsKey(trigger), String(index)],
      },
    ];
  });
}

function countProblems({ count, slots }: JoinTrigger, path: readonly string[]): readonly Problem[] {
  if (count === undefined || count <= slots.length) return [];
  const message = `Of ${String(slots.length)} signals ${String(count)} can never come: \`atLeast\` is more than there are under \`of\`.`;
  return [{ rule: 'join-count', message, path: [...path, 'atLeast'] }];
}
