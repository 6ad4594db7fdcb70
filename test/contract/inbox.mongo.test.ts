// Letterboxes in MongoDB.

import { createMongoInbox } from '../../src/adapters/mongo/inbox.ts';
import { inboxContract } from './inbox.ts';
import { useMongoDatabase } from './mongo-database.ts';

const database = useMongoDatabase();
inboxContract('MongoDB', () => createMongoInbox(database().db));
