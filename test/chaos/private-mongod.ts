// A mongod of one test alone, which may be killed and started again on the same files and port.

import { mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { findMongod } from '../../src/adapters/mongo/embedded/mongod-binary.ts';
import {
  freePort,
  type MongodProcess,
  mongodPlace,
  spawnMongod,
  stopMongod,
  untilListening,
} from '../../src/adapters/mongo/embedded/mongod-process.ts';
import { loopbackUri, untilPrimary } from '../../src/adapters/mongo/embedded/replica-set.ts';
import { endWithThisProcess } from '../support/end-with-this-process.ts';
import { type FalseClock } from './false-clock.ts';

/** A mongod that a test may end. */
export interface PrivateMongod {
  readonly uri: string;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again, and answers when it takes writes. */
  restart(): Promise<void>;
  /** Ends it for good and removes its files. */
  remove(): Promise<void>;
}

const READY_MS = 60_000;

/** Starts a mongod with files of its own, in a folder that is removed with it; by a false clock if there is one. */
export async function startPrivateMongod(
  folder = mkdtempSync(join(tmpdir(), 'downbeat-chaos-mongod-')),
  clock?: Pick<FalseClock, 'running'>,
): Promise<PrivateMongod> {
  const quiet = (): void => undefined;
  const { path } = await findMongod({
    mongodPath: undefined,
    cacheDir: join(homedir(), '.cache', 'downbeat', 'mongod'),
    offline: false,
    log: { info: quiet, warn: quiet, error: quiet },
  });
  const place = mongodPlace(folder, await freePort());
  let mongod = await start();

  async function start(): Promise<MongodProcess> {
    const started = await spawnMongod(clock?.running(path) ?? path, place);
    endWithThisProcess(started.pid, join(folder, 'nothing'));
    const limit = AbortSignal.timeout(READY_MS);
    await untilListening(place.port, limit);
    await untilPrimary(place.port, started.pid, limit);
    return started;
  }

  return {
    uri: loopbackUri(place.port),
    kill: async () => {
      process.kill(mongod.pid, 'SIGKILL');
      await mongod.exited;
    },
    restart: async () => {
      mongod = await start();
    },
    remove: async () => {
      await stopMongod(mongod);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
