// Maestro's two formats as one definition. What cannot be expressed here is told, never dropped.

import { type Definition } from '../model.ts';
import { type Spot, report } from '../reading/spot.ts';
import { requestNode } from './dsl/workflow.ts';
import { maestroShape } from './shape.ts';
import { readRequest } from './workflow.ts';

/** Reads a document in one of Maestro's formats. Names in expressions are looked up only when a run evaluates them. */
export function readMaestro(spot: Spot): Definition | undefined {
  const isYaml = maestroShape(spot.node) === 'yaml';
  const inside = spot.node.kind === 'map' ? spot.node.entries.get(isYaml ? 'Workflow' : 'workflow') : undefined;
  if (inside?.value.kind !== 'map') {
    report(spot, 'wrong-type', 'The workflow itself is missing: it is a map with an id and steps.');
    return undefined;
  }
  if (!isYaml) return readRequest(spot);
  for (const key of spot.node.kind === 'map' ? spot.node.entries.keys() : []) {
    if (key !== 'Workflow')
      report(spot, 'unknown-key', `\`${key}\` stands beside \`Workflow\`, where nothing else may.`);
  }
  return readRequest({ ...spot, node: requestNode(spot) });
}
