// What clients want of backfills, of pools, and of what is deleted or promised.

import { type BackfillHold } from '../../src/engine/backfill-cases.ts';

/** What a client wants of backfills. */
export type BackfillDesire =
  | {
      readonly type: 'backfill';
      readonly target: string;
      /** The first second that it is for, and how many. */
      readonly from: number;
      readonly count: number;
      readonly concurrency: number;
      /** Applied at once, or later by somebody. */
      readonly applies: boolean;
    }
  | {
      readonly type: 'hold-backfill';
      readonly how: BackfillHold | 'apply';
      readonly target: string;
      readonly number: number;
    };

/** A pool as a client wants it. */
export interface MeantPool {
  readonly id: string;
  readonly size: number;
}

/** What a client wants of pools. */
export type PoolDesire =
  | { readonly type: 'pool'; readonly pool: MeantPool; readonly keyed: boolean }
  | { readonly type: 'delete-pool'; readonly target: string };

/** What a client wants of workflows that are deleted and of the contracts of signals. */
export type KeepingDesire =
  | {
      readonly type: 'delete-workflow';
      readonly target: string;
      readonly stopRuns: boolean;
      readonly keyed: boolean;
    }
  | { readonly type: 'contract'; readonly name: string; readonly atLeast: number; readonly force: boolean }
  | {
      readonly type: 'refused';
      readonly how: 'republish' | 'dismiss';
      readonly name: string;
      readonly rows: number;
    };
