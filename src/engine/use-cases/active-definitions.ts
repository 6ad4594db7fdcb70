// The definitions that starts use now, of all workflows: the newest workflows if there are very many.

import { type Definition } from '../../core/definition/model.ts';
import { versionOf } from '../../core/workflow/workflow.ts';
import { type Definitions } from '../definitions.ts';
import { type EngineNode } from '../node.ts';
import { type Outside } from '../outside.ts';
import { type Reader } from '../reader.ts';

/** What is read through. */
export interface ActiveParts {
  readonly outside: Outside;
  readonly node: EngineNode;
  readonly reader: Reader;
  readonly definitions: Definitions;
}

/** An active version. */
export interface ActiveDefinition {
  readonly version: number;
  readonly definition: Definition;
}

const page = 100;

/** Reads at most so many workflows. */
export async function activeDefinitions(parts: ActiveParts, most: number): Promise<readonly ActiveDefinition[]> {
  const { outside, node, reader, definitions } = parts;
  await node.projector.flush();
  const found: ActiveDefinition[] = [];
  let after: { readonly at: number; readonly id: string } | undefined;
  for (let seen = 0; seen < most; seen += page) {
    const query = { where: {}, order: 'NEWEST_FIRST', limit: page, ...(after === undefined ? {} : { after }) } as const;
    const { rows, more } = await outside.projections.page('workflows', query);
    const loaded = await Promise.all(
      rows
        .filter(({ row }) => row.active !== undefined)
        .map(async ({ id, row }) => {
          const read = await reader.entity('workflow', id, node.partitionOf(row.workflowId));
          const active = read === undefined ? undefined : versionOf(read.state, undefined);
          if (active === undefined) return [];
          return [{ version: active.version, definition: await definitions.load(active.definition) }];
        }),
    );
    found.push(...loaded.flat());
    const last = rows.at(-1);
    if (!more || last === undefined) break;
    after = { at: last.row.at, id: last.id };
  }
  return found;
}
