// Signals through a queue within one process.

import { createMemorySignalStream } from '../../src/adapters/memory/signal-queue.ts';
import { signalQueueContract } from './signal-queue.ts';
import { silentLogger } from './silent-logger.ts';

signalQueueContract('memory', () => {
  const stream = createMemorySignalStream();
  const { log, facts } = silentLogger();
  return {
    add: (text) => stream.add(text),
    open: () => stream.queue(log),
    left: () => stream.left(),
    aside: () => stream.aside(),
    facts,
  };
});
