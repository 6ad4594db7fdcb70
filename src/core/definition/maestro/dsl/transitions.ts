// Transitions of the YAML language: `next`, `IF <condition> THEN next`, and last `OTHERWISE next`.

import { type Spot, report } from '../../reading/spot.ts';
import { type MapEntry, type MapNode, type SourceNode } from '../../source/node.ts';
import { mapNode, textNode, written } from './nodes.ts';

const IF = /^\s*IF\s+([\s\S]+?)\s+THEN\s+(\S+)\s*$/iu;
const OTHERWISE = /^\s*OTHERWISE\s+(\S+)\s*$/iu;

/** Writes a transition as the JSON format has it. */
export function transitionNode(node: SourceNode, spot: Spot): MapNode {
  const items = node.kind === 'list' ? node.items : [node];
  const successors = new Map<string, MapEntry>();
  const conditions: string[] = [];
  for (const [index, item] of items.entries()) {
    const { to, condition } = edgeOf(written(item) ?? '', conditions);
    if (OTHERWISE.test(written(item) ?? '') && index < items.length - 1) {
      report(
        { ...spot, node: item },
        'otherwise-last',
        'OTHERWISE stands last: it means that no condition before it held.',
      );
    }
    if (successors.has(to)) report({ ...spot, node: item }, 'duplicate-key', `This leads to "${to}" twice.`);
    successors.set(to, { keyAt: item.at, value: textNode(item.at, condition) });
  }
  return mapNode(node.at, [['successors', { kind: 'map', at: node.at, entries: successors }]]);
}

/** One that leads on always, or under a condition, or when none of those before held. */
function edgeOf(text: string, conditions: string[]): { readonly to: string; readonly condition: string } {
  const [, condition, then] = IF.exec(text) ?? [];
  if (condition !== undefined && then !== undefined) {
    conditions.push(condition);
    return { to: then, condition };
  }
  const otherwise = OTHERWISE.exec(text)?.[1];
  if (otherwise === undefined) return { to: text.trim(), condition: 'true' };
  return { to: otherwise, condition: conditions.map((one) => `!(${one})`).join(' && ') || 'true' };
}
