// Blobs in memory.

import { createMemoryBlobs } from '../../src/adapters/memory/blobs.ts';
import { blobsContract } from './blobs.ts';

blobsContract('memory', createMemoryBlobs);
