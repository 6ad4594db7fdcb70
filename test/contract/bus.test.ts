// The bus within one process.

import { createMemoryBus } from '../../src/adapters/memory/bus.ts';
import { busContract } from './bus.ts';

busContract('memory', () => {
  const bus = createMemoryBus();
  return { here: bus, there: bus };
});
