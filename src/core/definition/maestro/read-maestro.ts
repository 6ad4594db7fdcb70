// Maestro's two formats as one definition. What cannot be expressed here is told, never dropped.

import { type Definition } from '../model.ts';
import { type Spot, report } from '../reading/spot.ts';
import { type SourceNode } from '../source/node.ts';
import { type KnownTemplates } from '../template/expand.ts';
import { requestNode } from './dsl/workflow.ts';
import { type ExpandedJobs, expandJobs } from './job/expand-jobs.ts';
import { maestroShape } from './shape.ts';
import { readRequest } from './workflow.ts';

/** A definition, and the job templates that its steps came from. */
export interface ReadImported extends ExpandedJobs {
  readonly definition: Definition;
}

/** Reads a document in one of Maestro's formats. Names in expressions are looked up only when a run evaluates them. */
export function readMaestro(spot: Spot, templates: KnownTemplates | undefined): ReadImported | undefined {
  const isYaml = maestroShape(spot.node) === 'yaml';
  const inside = spot.node.kind === 'map' ? spot.node.entries.get(isYaml ? 'Workflow' : 'workflow') : undefined;
  if (inside?.value.kind !== 'map') {
    report(spot, 'wrong-type', 'The workflow itself is missing: it is a map with an id and steps.');
    return undefined;
  }
  if (!isYaml) return whole(spot, spot.node, templates);
  for (const key of spot.node.kind === 'map' ? spot.node.entries.keys() : []) {
    if (key !== 'Workflow')
      report(spot, 'unknown-key', `\`${key}\` stands beside \`Workflow\`, where nothing else may.`);
  }
  return whole(spot, requestNode(spot), templates);
}

function whole(spot: Spot, request: SourceNode, templates: KnownTemplates | undefined): ReadImported {
  const expanded = expandJobs(request, spot.reading, templates);
  const reading = { ...spot.reading, templates: expanded.uses };
  return { ...expanded, definition: readRequest({ ...spot, reading, node: expanded.request }) };
}
