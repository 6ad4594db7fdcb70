// Entity states in memory are kept as a store keeps them.

import { createMemoryEntities } from '../../src/adapters/memory/entities.ts';
import { entitiesContract } from './entities.ts';

entitiesContract('memory', createMemoryEntities);
