// `when` and `idempotencyKey` of a trigger on signals: which of the runs that it could start it wants.

import { type SignalTrigger } from '../trigger-model.ts';
import { readCondition } from './condition.ts';
import { type Fields, textAt } from './fields.ts';

/** Reads which runs a trigger wants. */
export function readWishes(fields: Fields): Pick<SignalTrigger, 'when' | 'idempotencyKey'> {
  const condition = fields.get('when');
  const when = condition && readCondition(condition, 'when: "signal.rows > 100"');
  const key = textAt(fields, 'idempotencyKey');
  return { ...(when === undefined ? {} : { when }), ...(key === undefined ? {} : { idempotencyKey: key }) };
}
