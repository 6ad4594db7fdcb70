// What the adapters say while MongoDB cannot be reached, and how little that proves.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { connectMongo, type MongoConnection } from '../../src/adapters/mongo/connect.ts';
import { createMongoEntities } from '../../src/adapters/mongo/entities.ts';
import { createMongoLog } from '../../src/adapters/mongo/log.ts';
import { createMongoPartitions } from '../../src/adapters/mongo/partitions.ts';
import { workflowEntity } from '../../src/core/ids.ts';
import { StoreUnreachableError } from '../../src/ports/store-unreachable-error.ts';
import { freshMongo } from '../support/mongod.ts';
import { anEntity } from './entities.ts';
import { aBlock } from './log.ts';
import { aBeat } from './partitions.ts';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';

let proxy: TcpProxy;
let connection: MongoConnection;

beforeEach(async () => {
  const { uri, database } = await freshMongo();
  const url = new URL(uri);
  proxy = await startTcpProxy(Number(url.port));
  url.port = String(proxy.port);
  connection = await connectMongo(url.href, { database, patience: 500 });
});

afterEach(async () => {
  proxy.mend();
  await connection.close();
  await proxy.close();
});

describe('a log whose answers are lost', () => {
  test('says unknown, and the same bytes sent again meet themselves', async () => {
    const log = createMongoLog(connection.db);
    await log.append([aBlock(1, 1)]);
    const lost = proxy.loseAnswers();

    const appended = log.append([aBlock(1, 2), aBlock(2, 1)]);
    await lost;
    proxy.cut();
    expect(await appended).toEqual(['unknown', 'unknown']);

    proxy.mend();
    expect(await log.append([aBlock(1, 2), aBlock(2, 1)])).toEqual(['duplicate', 'duplicate']);
    expect(await log.at(1, 2)).toEqual(aBlock(1, 2));
  });
});

describe('a MongoDB that is away', () => {
  test('comes out as one typed error from reads and guarded writes, with what was wanted', async () => {
    const [log, entities, partitions] = [
      createMongoLog(connection.db),
      createMongoEntities(connection.db),
      createMongoPartitions(connection.db),
    ];
    proxy.cut();

    const attempts = await Promise.allSettled([
      log.head(3),
      entities.save([anEntity(workflowEntity('a'), 1)]),
      entities.directory(1),
      partitions.beat(aBeat('a'), 5_000),
      partitions.list(),
    ]);

    for (const attempt of attempts) {
      expect(attempt).toMatchObject({ status: 'rejected', reason: expect.any(StoreUnreachableError) as unknown });
    }
    expect(attempts[0]).toMatchObject({
      reason: { code: 'STORE_UNREACHABLE', message: expect.stringContaining('head of partition 3') as unknown },
    });
  });
});

describe('a connection that cannot be made', () => {
  test('says which hosts were tried and never a password', async () => {
    proxy.cut();
    const address = `mongodb://ada:secret@127.0.0.1:${String(proxy.port)}/?directConnection=true`;

    const failure: unknown = await connectMongo(address, { patience: 300 }).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(StoreUnreachableError);
    expect(String(failure)).toContain(`127.0.0.1:${String(proxy.port)}`);
    expect(String(failure)).not.toContain('secret');
  });
});
