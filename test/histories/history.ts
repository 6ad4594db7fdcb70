// The shape of a recorded history.

import { type EntityId } from '../../src/core/ids.ts';
import { type StoredBlock } from '../../src/core/partition/stored/stored-block.ts';
import { type StoredState } from '../../src/core/partition/stored/stored-state.ts';

/** What an engine wrote, and what it made of it: both as they are stored, in the versions of their time. */
export interface History {
  /** By partition, then by number. */
  readonly blocks: readonly StoredBlock[];
  /** Every entity at the end. */
  readonly states: readonly (StoredState & { readonly id: EntityId; readonly version: number })[];
}
