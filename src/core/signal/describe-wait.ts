// A signal that a step waits for, in plain words.

import { type SignalWait } from '../definition/model.ts';
import { clauseText } from './match.ts';

/** `weather.ready with place == "${island}" and rows >= 100`. */
export function waitText({ signal, match, where }: Pick<SignalWait, 'signal' | 'match' | 'where'>): string {
  const demands = [
    ...match.map(({ param, operator, value, expression }) =>
      expression === undefined
        ? clauseText({ param, operator, operand: value ?? null })
        : `${param} ${operator} ${expression}`,
    ),
    ...where.map(clauseText),
  ];
  return demands.length === 0 ? signal : `${signal} with ${demands.join(' and ')}`;
}
