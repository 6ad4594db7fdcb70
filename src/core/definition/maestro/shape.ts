// Recognises Maestro's documents by their shape: JSON with `workflow`, or the YAML language with `Workflow`.

import { type SourceNode } from '../source/node.ts';

/** Tells which of Maestro's formats a document is in; undefined if it is in none. */
export function maestroShape(node: SourceNode): 'json' | 'yaml' | undefined {
  if (node.kind !== 'map') return undefined;
  if (node.entries.has('Workflow')) return 'yaml';
  return node.entries.has('workflow') && !node.entries.has('steps') && !node.entries.has('id') ? 'json' : undefined;
}
