// Ownership in MongoDB is what ownership is, by MongoDB's clock.

import { setTimeout as elapse } from 'node:timers/promises';

import { createMongoPartitions } from '../../src/adapters/mongo/partitions.ts';
import { useMongoDatabase } from './mongo-database.ts';
import { partitionsContract } from './partitions.ts';

const database = useMongoDatabase();

partitionsContract('MongoDB', () => ({
  partitions: createMongoPartitions(database().db),
  // The time of a real server cannot be moved; the suite asks for less than a second.
  pass: async (milliseconds) => {
    await elapse(milliseconds);
  },
}));
