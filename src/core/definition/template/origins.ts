// Says of every node of a template where it stands, so that a problem in a step that uses it can name the template's own line.

import { type MapNode, type SourceNode } from '../source/node.ts';
import { type TemplateOrigin } from './template.ts';

/** The places of a node and of all below it. */
export function originsOf(
  body: MapNode,
  { template, version }: { readonly template: string; readonly version: number },
): ReadonlyMap<SourceNode, TemplateOrigin> {
  const origins = new Map<SourceNode, TemplateOrigin>();
  const open: SourceNode[] = [body];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    origins.set(node, { template, version, line: node.at.line });
    if (node.kind === 'list') open.push(...node.items);
    if (node.kind === 'map') open.push(...Array.from(node.entries.values(), ({ value }) => value));
  }
  return origins;
}
