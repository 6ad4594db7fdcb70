// Step logs in memory.

import { createMemoryStepLogs } from '../../src/adapters/memory/step-logs.ts';
import { stepLogsContract } from './step-logs.ts';

stepLogsContract('memory', createMemoryStepLogs);
