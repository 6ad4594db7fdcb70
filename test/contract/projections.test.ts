// Lists in memory.

import { createMemoryProjections } from '../../src/adapters/memory/projections.ts';
import { projectionsContract } from './projections.ts';

projectionsContract('memory', createMemoryProjections);
