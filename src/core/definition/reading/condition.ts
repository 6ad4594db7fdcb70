// Conditions as they are written: a text, or a bare true or false.

import { isClear } from './scalars.ts';
import { type Spot, keyOf, nodeName, report } from './spot.ts';

/** Reads an expression that yields true or false; `true` and `false` are expressions too. */
export function readCondition(spot: Spot, example: string): string | undefined {
  const { node } = spot;
  if (node.kind === 'scalar' && typeof node.value === 'boolean') return String(node.value);
  if (node.kind === 'scalar' && typeof node.value === 'string') return isClear(spot, node) ? node.value : undefined;
  const message = `${keyOf(spot)} must be an expression, and this is ${nodeName(node)}.`;
  report(spot, 'wrong-type', message, { hint: `For example ${example}` });
  return undefined;
}
