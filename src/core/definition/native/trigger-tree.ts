// Triggers as the text has them, under the key that tells their kind.

import {
  type Clause,
  type ExpectedKey,
  type JoinSlot,
  type JoinTrigger,
  type SignalFold,
  type TriggerDefinition,
} from '../trigger-model.ts';
import { durationText } from '../plain-view.ts';
import { nameFor } from '../reading/joins.ts';
import { type Entry, type Json } from '../../json.ts';
import { takenParam } from '../maestro/taken-param.ts';
import { type Tree, type TreeMap, type WritingSpot, mapOf, note, oneOrMore, spotAt } from './tree.ts';
import { valueTree } from './value-tree.ts';

/** Writes the triggers. Names that reading would give anyway are left out. */
export function triggerTrees(triggers: readonly TriggerDefinition[], spot: WritingSpot): readonly TreeMap[] {
  const unnamed = new Map<string, number>();
  return triggers.map((trigger, index) => {
    const place = (unnamed.get(trigger.kind) ?? 0) + 1;
    const isUsual = trigger.name === `${trigger.kind}-${String(place)}`;
    if (isUsual) unnamed.set(trigger.kind, place);
    const params = mapOf([...trigger.params, ...filledIn(trigger, spotAt(spot, index))], ({ value }) =>
      valueTree(value),
    );
    return { ...kindTree(trigger), params, name: isUsual ? undefined : trigger.name };
  });
}

/** The parameters of an imported trigger that we have words for; the others are told. */
function filledIn(trigger: TriggerDefinition, spot: WritingSpot): readonly Entry[] {
  if (!('formulas' in trigger)) return [];
  const groups =
    'slots' in trigger
      ? trigger.slots.map(({ signal, as }) => ({ signal, group: `signals.${as}` }))
      : [{ signal: trigger.signal, group: 'signal' }];
  return trigger.formulas.flatMap((formula): readonly Entry[] => {
    const { name, value, expression = '' } = formula;
    if (value !== undefined && !JSON.stringify(value).includes('${')) return [{ name, value }];
    const taken = takenParam(expression);
    const group = groups.find(({ signal }) => signal === taken?.signal)?.group;
    if (taken !== undefined && group !== undefined) return [{ name, value: `\${${group}.${taken.param}}` }];
    note(spot, `A parameter that it works out cannot be said in our own format: ${JSON.stringify(formula)}.`);
    return [];
  });
}

function kindTree(trigger: TriggerDefinition): TreeMap {
  switch (trigger.kind) {
    case 'cron':
      return { cron: trigger.cron, timezone: zone(trigger.timezone), ...timing(trigger) };
    case 'every': {
      const { every, from } = trigger;
      const start = from === undefined ? undefined : new Date(from).toISOString().replace('.000Z', 'Z');
      return { every: durationText(every), from: start, ...timing(trigger) };
    }
    case 'at':
      return { at: trigger.at, timezone: zone(trigger.timezone), ...timing(trigger) };
    case 'signal':
      return {
        signal: trigger.signal,
        where: whereTree(trigger.where),
        ...foldTree(trigger.fold),
        ...wishTree(trigger),
      };
    case 'absent':
      return {
        signal: trigger.signal,
        absentFor: durationText(trigger.absentFor),
        where: whereTree(trigger.where),
        for: keysTree(trigger.keys),
        announce: trigger.announce,
      };
    case 'expected': {
      const { signal, by, timezone, where, keys, announce } = trigger;
      const demands = { where: whereTree(where), for: keysTree(keys), announce };
      return { expect: signal, by, timezone: zone(timezone), ...demands };
    }
    case 'all':
    case 'any':
    case 'at-least':
    case 'sequence':
      return joinTree(trigger);
  }
}

function keysTree(keys: readonly ExpectedKey[] | undefined): TreeMap | undefined {
  const named = (keys ?? []).map(({ param, values }) => ({ name: param, values }));
  return keys === undefined ? undefined : mapOf(named, ({ values }) => values.map(valueTree));
}

function zone(timezone: string): Tree {
  return timezone === 'UTC' ? undefined : timezone;
}

function timing({ catchUp, jitter }: Extract<TriggerDefinition, { readonly catchUp: unknown }>): TreeMap {
  const late = typeof catchUp === 'string' ? catchUp : { within: durationText(catchUp.within) };
  return {
    catchUp: catchUp === 'latest' ? undefined : late,
    jitter: jitter === undefined ? undefined : durationText(jitter),
  };
}

/** `atMost` is 10 times `quiet` unless it is said. */
function foldTree(fold: SignalFold | undefined): TreeMap {
  if (fold === undefined) return {};
  const by = oneOrMore(fold.by);
  if (fold.kind === 'throttle') {
    const every = durationText(fold.every);
    return { throttle: by === undefined ? every : { every, by } };
  }
  const quiet = durationText(fold.quiet);
  const atMost = fold.atMost === fold.quiet * 10 ? undefined : durationText(fold.atMost);
  return { debounce: by === undefined && atMost === undefined ? quiet : { quiet, atMost, by } };
}

function wishTree({ when, idempotencyKey }: Pick<JoinTrigger, 'when' | 'idempotencyKey'>): TreeMap {
  return { when, idempotencyKey };
}

function joinTree(trigger: JoinTrigger): TreeMap {
  const { kind, slots, count, within, late } = trigger;
  const all = slots.map(slotTree);
  const window = {
    within: within === undefined ? undefined : durationText(within),
    late: late === undefined || late === 60_000 ? undefined : { wait: durationText(late) },
    ...wishTree(trigger),
  };
  return kind === 'at-least' ? { atLeast: count, of: all, ...window } : { [kind]: all, ...window };
}

function slotTree({ signal, as, joinOn, where }: JoinSlot): TreeMap {
  return {
    signal,
    as: as === nameFor(signal) ? undefined : as,
    joinOn: oneOrMore(joinOn),
    where: whereTree(where),
  };
}

/** Writes demands on a signal, by the parameter that each is about. */
export function whereTree(where: readonly Clause[]): TreeMap | undefined {
  const params = [...new Set(where.map(({ param }) => param))].map((name) => ({ name }));
  return mapOf(params, ({ name }) => demandTree(where.filter(({ param }) => param === name)));
}

function demandTree(clauses: readonly Clause[]): Tree {
  const [only, ...others] = clauses;
  if (only === undefined) return undefined;
  if (others.length > 0) return clauses.map(comparisonText).join(', ');
  const { operator, operand } = only;
  if (operator === 'in') return { in: valueTree(operand) };
  const isPlain = operator === '==' && !(typeof operand === 'string' && /^\s*(?:[<>]|==|!=)/u.test(operand));
  return isPlain ? valueTree(operand) : comparisonText(only);
}

function comparisonText({ operator, operand }: Clause): string {
  return `${operator} ${operandText(operand)}`;
}

/** A text in quotes where it would be read as something else, and without where it cannot have any. */
function operandText(operand: Json): string {
  if (typeof operand !== 'string') return JSON.stringify(operand);
  const isPlain = /^[A-Za-z_][\w./ :-]*$/u.test(operand) && operand.trim() === operand;
  if (isPlain && !/^(?:true|false|null)$/u.test(operand)) return operand;
  if (!operand.includes("'")) return `'${operand}'`;
  return /["\\]/u.test(operand) ? operand : `"${operand}"`;
}
