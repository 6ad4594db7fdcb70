// What can be asked of the contract of a signal name, and what the asker is told.

import { type Schema } from '../../definition/contract/keywords.ts';
import { type EntityId } from '../../ids.ts';
import { type Entry } from '../../json.ts';
import { type NewSignal } from '../message.ts';

/** What can be asked of the contract of a signal name. */
export type ContractCommand =
  | {
      readonly type: 'ApplySignalType';
      readonly name: string;
      readonly schema: Schema;
      readonly description?: string;
      readonly owner?: string;
      /** Also where it refuses what the one before accepted. */
      readonly force: boolean;
      readonly expectedVersion?: number;
    }
  /** Keeps publications that were refused, as far as the contract refuses them still. */
  | { readonly type: 'KeepRefused'; readonly name: string; readonly signals: readonly NewSignal[] }
  /** Publishes what was refused, as it is or with other parameters. */
  | {
      readonly type: 'Republish';
      readonly name: string;
      readonly refused: string;
      readonly signal: EntityId;
      readonly params?: readonly Entry[];
    }
  | { readonly type: 'Dismiss'; readonly name: string; readonly refused: string };

/** What applying a contract comes to. */
export interface ContractOutcome {
  readonly type: 'ContractApplied';
  readonly name: string;
  readonly version: number;
  readonly changed: boolean;
}
