// Ownership in memory is what ownership is.

import { createMemoryPartitions } from '../../src/adapters/memory/partitions.ts';
import { partitionsContract } from './partitions.ts';

partitionsContract('memory', () => {
  let now = 1_700_000_000_000;
  return {
    partitions: createMemoryPartitions(() => now),
    pass: async (milliseconds) => {
      now += milliseconds;
    },
  };
});
