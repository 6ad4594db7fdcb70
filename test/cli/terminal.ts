// Stand-ins for a person's terminal: what was printed, and Ctrl-C by hand.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecrets } from '../../src/adapters/node/secrets.ts';
import { createTokenFile } from '../../src/adapters/node/token-file.ts';
import { type CliIo, type CliOutput } from '../../src/cli/io.ts';
import { type Pace } from '../../src/cli/display/pace.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import { type Config } from '../../src/config/config.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { cronProblem } from '../../src/core/trigger/schedule.ts';

export interface Terminal {
  readonly io: CliIo;
  readonly folder: string;
  stdout(): string;
  stderr(): string;
  interrupt(): void;
  /** Waits until stdout or stderr has said the text. */
  said(text: string): Promise<void>;
  remove(): void;
}

export function createTerminal(
  options: { readonly isTerminal?: boolean; readonly columns?: number; readonly rows?: number } = {},
): Terminal {
  const folder = mkdtempSync(join(tmpdir(), 'downbeat-cli-'));
  const printed = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  const waiting = new Set<() => void>();
  const output = (name: 'stdout' | 'stderr'): CliOutput => ({
    write: (text) => {
      printed[name] += text;
      for (const look of waiting) look();
    },
    isTerminal: options.isTerminal ?? false,
    columns: options.columns ?? 10_000,
    rows: options.rows ?? 40,
  });
  return {
    folder,
    stdout: () => printed.stdout,
    stderr: () => printed.stderr,
    interrupt: () => {
      for (const listener of listeners) listener();
    },
    said: (text) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!printed.stdout.includes(text) && !printed.stderr.includes(text)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
    io: {
      stdout: output('stdout'),
      stderr: output('stderr'),
      folder,
      onInterrupt: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  };
}

/** Patience that suits a test. */
export const QUICK: Pace = { requestFor: 5_000, retryFor: 2_000, reconnectFor: 2_000, firstPause: 5, longestPause: 20 };

/** Runs a command in the terminal, with settings from this environment only. */
export function downbeat(
  terminal: Terminal,
  argv: readonly string[],
  options: {
    readonly environment?: Readonly<Record<string, string>>;
    readonly serve?: (config: Config) => Promise<number>;
  } = {},
): Promise<number> {
  return runCli(argv, terminal.io, {
    version: '1.2.3',
    settings: (given) => readConfig(given, { environment: options.environment ?? {}, folder: terminal.folder }),
    serve: options.serve ?? ((): Promise<number> => Promise.reject(new Error('serve was not expected'))),
    tokens: ({ server }) =>
      createTokenFile({
        path: server.tokensFile ?? join(server.dataDir, 'tokens.json'),
        now: Date.now,
        log: { error: () => undefined },
      }),
    cluster: () => undefined,
    secrets: ({ server, surroundings }) => createSecrets({ path: server.secretsFile, variables: surroundings.secrets }),
    checkCron: cronProblem,
    pace: QUICK,
  });
}
