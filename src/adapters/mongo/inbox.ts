// Letterboxes in MongoDB: one document a command, by the command's own id. In order of the server's clock.

import { MongoServerError, type Db } from 'mongodb';
import { type Command } from '../../core/partition/command.ts';
import { type Inbox } from '../../ports/inbox.ts';
import { reaching } from './deadline.ts';
import { fromStored, toStored } from './stored-json.ts';

interface LetterDocument {
  readonly _id: string;
  readonly p: number;
  readonly at: Date;
  readonly command: Command;
}

const DUPLICATE_KEY = 11_000;

/** The letterboxes in a database that `connectMongo` has prepared. */
export function createMongoInbox(db: Db): Inbox {
  const inbox = db.collection<LetterDocument>('inbox');
  return {
    put: (partition, command) =>
      reaching(`put a command into the inbox of partition ${String(partition)}`, async () => {
        const first = {
          p: { $ifNull: ['$p', partition] },
          at: { $ifNull: ['$at', '$$NOW'] },
          command: { $ifNull: ['$command', { $literal: toStored(command) }] },
        };
        try {
          await inbox.updateOne({ _id: command.id }, [{ $set: first }], { upsert: true });
        } catch (error) {
          if (!(error instanceof MongoServerError && error.code === DUPLICATE_KEY)) throw error;
        }
      }),
    list: (p, limit) =>
      limit <= 0
        ? Promise.resolve([])
        : reaching(`read the inbox of partition ${String(p)}`, async () => {
            const letters = await inbox.find({ p }).sort({ p: 1, at: 1, _id: 1 }).limit(limit).toArray();
            return letters.map(({ command }) => fromStored(command) as Command);
          }),
    remove: async (ids) => {
      if (ids.length === 0) return;
      await reaching('remove commands from the inbox', () => inbox.deleteMany({ _id: { $in: [...ids] } }));
    },
  };
}
