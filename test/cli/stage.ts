// One test's stage: a terminal, and servers that go when the test has ended.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { type Answers, type FakeServer, startFakeServer } from './fake-server.ts';
import { createTerminal, downbeat, type Terminal } from './terminal.ts';

export interface Stage {
  terminal: Terminal;
  readonly servers: FakeServer[];
  /** Runs a command against a server with these answers. */
  readonly ask: (answers: Answers, ...argv: string[]) => Promise<number>;
  /** The input of a mutation that was sent, without the key that every mutation carries. */
  readonly inputOf: (request?: number) => unknown;
  /** Writes a file into the folder of the terminal. */
  readonly file: (name: string, content: string | Buffer) => void;
  /** Replaces the terminal by one that is a real one. */
  readonly useRealTerminal: () => void;
}

export function createStage(): Stage {
  const stage: Stage = {
    terminal: createTerminal(),
    servers: [],
    ask: async (answers, ...argv) => {
      const server = await startFakeServer(answers);
      stage.servers.push(server);
      return downbeat(stage.terminal, argv, { environment: { DOWNBEAT_URL: server.url } });
    },
    inputOf: (request = 0) => {
      const input = stage.servers[0]?.requests[request]?.variables['input'] as Record<string, unknown> | undefined;
      const { idempotencyKey, ...rest } = input ?? {};
      expect(typeof idempotencyKey).toBe('string');
      return rest;
    },
    file: (name, content) => {
      mkdirSync(join(stage.terminal.folder, name, '..'), { recursive: true });
      writeFileSync(join(stage.terminal.folder, name), content);
    },
    useRealTerminal: () => {
      stage.terminal.remove();
      stage.terminal = createTerminal({ isTerminal: true, columns: 60, rows: 24 });
    },
  };
  stage.terminal.remove();
  beforeEach(() => {
    stage.terminal = createTerminal();
  });
  afterEach(async () => {
    stage.terminal.remove();
    await Promise.all(stage.servers.splice(0).map((server) => server.close()));
  });
  return stage;
}
