// One connection to Redis that never gives up and never throws. One of a process's connections reports on Redis for all.

import { Redis } from 'ioredis';
import { type Logger } from '../../ports/logger.ts';

/** What becomes of a command while Redis is away. */
export interface WaitingRules {
  readonly enableOfflineQueue: boolean;
  /** Null: as often as it takes. */
  readonly maxRetriesPerRequest: number | null;
}

const LONGEST_PAUSE = 2_000;

/** Makes a connection that is opened in the background, and again whenever it breaks. */
export function createRedisConnection(url: string, rules: WaitingRules): Redis {
  const connection = new Redis(url, {
    connectTimeout: 2_000,
    keepAlive: 10_000,
    autoResubscribe: false,
    retryStrategy: (attempt) => Math.min(50 * 2 ** Math.min(attempt, 10), LONGEST_PAUSE),
    ...rules,
  });
  // Without a listener, the driver would print every failure.
  connection.on('error', () => undefined);
  return connection;
}

/** Who is told that Redis is away, and what it means meanwhile. */
export interface AbsenceReport {
  readonly log: Logger;
  readonly meanwhile: string;
}

/** Says once that Redis is away, and once that it is back. */
export function reportAbsence(connection: Redis, url: string, { log, meanwhile }: AbsenceReport): void {
  let isAway = false;
  let reason = 'the connection was closed';
  connection.on('error', (error: Error) => {
    reason = error.message;
  });
  connection.on('reconnecting', () => {
    if (!isAway) log.warn(`Redis is away; ${meanwhile} until it is back.`, { redis: hostOf(url), reason });
    isAway = true;
  });
  connection.on('ready', () => {
    if (isAway) log.info('Redis is back.', { redis: hostOf(url) });
    isAway = false;
  });
}

/** Host and port alone: never a user or a password. */
function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return 'the given address';
  }
}
