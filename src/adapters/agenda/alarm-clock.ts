// The durable alarm clock: Agenda on MongoDB, one job `wake` a partition and second, inserted only once (unique index). The
// job goes, then it rings: so an alarm for the same second that is set because of the ring is a new one, which a clock that
// runs ahead of the store's makes necessary. What is due, and whether it happened, is the partition's business (design §4).

import { randomUUID } from 'node:crypto';
import { Agenda } from 'agenda';
import { MongoBackend } from '@agendajs/mongo-backend';
import { MongoServerError, type Collection, type Db } from 'mongodb';
import { type AlarmClock } from '../../ports/alarm-clock.ts';
import { type Logger } from '../../ports/logger.ts';

/** What the alarm clock needs. */
export interface AgendaAlarmClockOptions {
  /** A database on a client that stays open until `stop` has resolved. */
  readonly db: Db;
  /** Names this process in the jobs that it has locked. */
  readonly nodeId: string;
  readonly log: Logger;
}

/** What a job carries. */
interface Wake {
  /** `partition@second`. */
  readonly key: string;
  readonly partition: number;
}

const JOBS = 'agendaJobs';
const WAKE = 'wake';
const SECOND = 1_000;
const DUPLICATE_KEY = 11_000;
const DRAIN_TIMEOUT = 2_000;

/** Makes an alarm clock on a database. Several processes may have one each; an alarm rings in one of them. */
export async function createAgendaAlarmClock({ db, nodeId, log }: AgendaAlarmClockOptions): Promise<AlarmClock> {
  const jobs = db.collection(JOBS);
  await createIndexes(jobs);
  // A name of its own for each life, so that a successor's locks are not mistaken for ours.
  const name = `${nodeId}/${randomUUID()}`;
  const agenda = new Agenda({
    backend: new MongoBackend({ mongo: db, collection: JOBS, ensureIndex: true }),
    name,
    processEvery: SECOND,
    defaultConcurrency: 50,
    maxConcurrency: 100,
    defaultLockLimit: 500,
    lockLimit: 500,
    defaultLockLifetime: 60 * SECOND,
    removeOnComplete: true,
  });
  agenda.on('error', (error) => {
    log.error('The alarm clock met an error; alarms may be late.', error, { nodeId });
  });
  await agenda.ready;
  return {
    set: async (partition, at) => {
      // The end of its second: whatever else is due in that second is due when the one alarm rings.
      const second = Math.ceil(at / SECOND);
      const key = `${String(partition)}@${String(second)}`;
      const job = agenda.create<Wake>(WAKE, { key, partition }).schedule(new Date(second * SECOND));
      try {
        await job.unique({ 'data.key': key }, { insertOnly: true }).save();
      } catch (error) {
        // Somebody else has just set the same alarm.
        if (!(error instanceof MongoServerError && error.code === DUPLICATE_KEY)) throw error;
      }
    },
    start: async (ring) => {
      agenda.define<Wake>(WAKE, async (job) => {
        await job.remove();
        ring(job.attrs.data.partition);
      });
      await agenda.start();
    },
    stop: async () => {
      await agenda.drain({ timeout: DRAIN_TIMEOUT, closeConnection: false });
      // Agenda forgets what it has locked but not yet run; nobody else would ring that for a minute.
      await jobs.updateMany(
        { name: WAKE, lastModifiedBy: name, lockedAt: { $ne: null } },
        { $set: { lockedAt: null } },
      );
    },
  };
}

async function createIndexes(jobs: Collection): Promise<void> {
  await jobs.createIndexes([
    { key: { name: 1, lockedAt: 1, nextRunAt: 1, priority: -1 } },
    { key: { name: 1, 'data.key': 1 }, unique: true, partialFilterExpression: { 'data.key': { $exists: true } } },
  ]);
}
