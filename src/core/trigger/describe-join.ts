// Joins in plain words: what a trigger waits for, and what a set of signals still lacks.

import { type JoinTrigger } from '../definition/model.ts';
import { type FoldingTrigger } from '../definition/signal-fold.ts';
import { durationText } from '../definition/plain-view.ts';
import { type Json } from '../json.ts';
import { type MissingSignal } from '../signal/signal.ts';
import { clauseText } from '../signal/match.ts';

/** `when measurements.ready and weather.ready have come for the same island, within 6h`. */
export function joinText(definition: JoinTrigger): string {
  const { kind, slots, within } = definition;
  const names = slots.map(({ signal, where }) =>
    where.length === 0 ? signal : `${signal} (${where.map(clauseText).join(' and ')})`,
  );
  const window = within === undefined ? '' : `, within ${durationText(within)}`;
  const rest = `${keyText(definition)}${window}${wishText(definition)}`;
  switch (kind) {
    case 'all':
      return `when ${joined(names, 'and')} have come${rest}`;
    case 'any':
      return `when ${joined(names, 'or')} arrives${wishText(definition)}`;
    case 'at-least':
      return `when at least ${String(definition.count ?? 1)} of ${joined(names, 'and')} have come${rest}`;
    case 'sequence':
      return `when ${names.join(', then ')} have come in this order${rest}`;
  }
}

/** `, if signal.rows > 100, once for each signal.day`; empty where every run is wanted. */
export function wishText({ when, idempotencyKey }: Pick<JoinTrigger, 'when' | 'idempotencyKey'>): string {
  const condition = when === undefined ? '' : `, if ${when}`;
  return idempotencyKey === undefined ? condition : `${condition}, once for each ${idempotencyKey}`;
}

/** `weather.ready with place = "Biscoe"`; several with "and" between. */
export function missingText(missing: readonly MissingSignal[]): string {
  return joined(
    missing.map(({ name, on }) => {
      const values = on.map((entry) => `${entry.name} = ${plainText(entry.value)}`);
      return values.length === 0 ? name : `${name} with ${joined(values, 'and')}`;
    }),
    'and',
  );
}

/** What the signals of a bucket share: `island = Biscoe`; empty for a trigger without keys or groups. */
export function sharedText(definition: JoinTrigger | FoldingTrigger, key: readonly Json[]): string {
  const names = 'slots' in definition ? (definition.slots[0]?.joinOn ?? []) : definition.fold.by;
  return joined(
    names.map((name, place) => `${name} = ${plainText(key[place] ?? null)}`),
    'and',
  );
}

function keyText({ slots }: JoinTrigger): string {
  const [first, ...others] = slots;
  const names = (first?.joinOn ?? []).map((name, place) => {
    const twins = others.map(({ joinOn }) => joinOn[place] ?? name).filter((other) => other !== name);
    return [...new Set([name, ...twins])].join('/');
  });
  return names.length === 0 ? '' : ` for the same ${joined(names, 'and')}`;
}

function plainText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function joined(words: readonly string[], last: 'and' | 'or'): string {
  const end = words.at(-1) ?? '';
  return words.length < 2 ? end : `${words.slice(0, -1).join(', ')} ${last} ${end}`;
}
