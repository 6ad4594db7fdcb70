// Signals through a channel within one process.

import { createMemorySignalChannel } from '../../src/adapters/memory/signal-source.ts';
import { signalSourceContract } from './signal-source.ts';
import { silentLogger } from './silent-logger.ts';

signalSourceContract('memory', () => {
  const channel = createMemorySignalChannel();
  const { log, facts } = silentLogger();
  return { one: channel.source(log), two: channel.source(log), publish: (text) => channel.publish(text), facts };
});
