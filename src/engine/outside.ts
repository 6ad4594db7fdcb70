// Everything that the engine reaches outside, and what it is told about itself. The composition root fills it in.

import { type AlarmClock } from '../ports/alarm-clock.ts';
import { type Blobs } from '../ports/blobs.ts';
import { type Bus } from '../ports/bus.ts';
import { type Clock } from '../ports/clock.ts';
import { type Entities } from '../ports/entities.ts';
import { type Executor } from '../ports/executor.ts';
import { type History } from '../ports/history.ts';
import { type Inbox } from '../ports/inbox.ts';
import { type Log } from '../ports/log.ts';
import { type Logger } from '../ports/logger.ts';
import { type Partitions } from '../ports/partitions.ts';
import { type Projections } from '../ports/projections.ts';
import { type Randomness } from '../ports/randomness.ts';
import { type StepLogs } from '../ports/step-logs.ts';
import { type Milliseconds } from '../core/time.ts';

/** The ports. */
export interface Outside {
  readonly log: Log;
  readonly entities: Entities;
  readonly partitions: Partitions;
  readonly inbox: Inbox;
  readonly blobs: Blobs;
  readonly stepLogs: StepLogs;
  readonly projections: Projections;
  readonly history: History;
  readonly bus: Bus;
  readonly alarmClock: AlarmClock;
  readonly executor: Executor;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly logger: Logger;
  /** Called at named places, so that tests can crash, freeze or fail there. Does nothing in production. */
  readonly at: (site: Site, what?: string) => void;
}

/** The places at which a crash is worth trying. */
export type Site =
  | 'before-decision'
  | 'before-append'
  | 'after-append'
  | 'before-effects'
  | 'after-effects'
  | 'before-report'
  | 'in-take-over'
  | 'after-fence'
  | 'in-replay'
  | 'before-checkpoint'
  | 'after-checkpoint'
  | 'before-cut'
  | 'before-acknowledgement';

/** Who this node is, and how it keeps time. */
export interface Identity {
  readonly nodeId: string;
  /** Where clients reach it. */
  readonly address: string;
  /** Random for each process. */
  readonly incarnation: string;
  /** Nobody else can be alive: the embedded data folder's lock is ours. Take-over need not wait for beats to run out. */
  readonly isAlone: boolean;
  /** How many partitions a new database gets. */
  readonly partitions: number;
  readonly timing: Timing;
}

/** How often and how long. */
export interface Timing {
  /** Between two beats. */
  readonly beat: Milliseconds;
  /** A node whose last beat is older than this is taken for dead. */
  readonly lease: Milliseconds;
  /** From one checkpoint of a partition to the next, while something changes. */
  readonly checkpoint: Milliseconds;
  /** How long a step may take to end after it was told to. */
  readonly grace: Milliseconds;
  /** How long the log, what steps printed and idempotency keys are kept at least. */
  readonly retention: Milliseconds;
}

/** A stand-by takes over within 6 s of a kill: 4 s until the lease has run out, the rest to notice and to replay. */
export const defaultTiming: Timing = {
  beat: 1_000,
  lease: 4_000,
  checkpoint: 60_000,
  grace: 10_000,
  retention: 30 * 86_400_000,
};
