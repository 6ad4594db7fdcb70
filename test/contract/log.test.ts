// The log in memory does what a log does.

import { createMemoryLog } from '../../src/adapters/memory/log.ts';
import { logContract } from './log.ts';

logContract('memory', createMemoryLog);
