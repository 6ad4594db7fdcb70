// The shape of a recorded history.

import { type EntityId } from '../../src/core/ids.ts';
import { type Block } from '../../src/core/partition/commit.ts';
import { type EntityState } from '../../src/core/partition/entity.ts';

/** What an engine wrote, and what it made of it. */
export interface History {
  /** By partition, then by number. */
  readonly blocks: readonly Block[];
  /** Every entity at the end. */
  readonly states: readonly { readonly id: EntityId; readonly version: number; readonly state: EntityState }[];
}
