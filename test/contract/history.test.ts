// History in memory.

import { createMemoryHistory } from '../../src/adapters/memory/history.ts';
import { historyContract } from './history.ts';

historyContract('memory', createMemoryHistory);
