// Letterboxes in memory.

import { createMemoryInbox } from '../../src/adapters/memory/inbox.ts';
import { inboxContract } from './inbox.ts';

inboxContract('memory', createMemoryInbox);
