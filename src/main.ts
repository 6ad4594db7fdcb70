// The program `downbeat`: starts a server, or speaks with one as the command line.

import { runCli } from './cli/run-cli.ts';
import { processIo } from './cli/io.ts';
import { cronProblem, knownCluster, secretsOf, startServer, tokensOf, version } from './compose.ts';
import { type Config } from './config/config.ts';
import { readConfig } from './config/read-config.ts';

/** A server that has closed everything lets the process end by itself; whatever else may still hang must not keep a shell waiting. */
const served = { cleanly: false };

/** How long what was closed may take to go. */
const LINGER_MS = 2_000;

process.exitCode = await runCli(process.argv.slice(2), processIo(), {
  version,
  settings: readConfig,
  serve,
  tokens: tokensOf,
  secrets: secretsOf,
  cluster: knownCluster,
  checkCron: cronProblem,
});
if (!served.cleanly) {
  await allWritten(process.stdout);
  await allWritten(process.stderr);
  process.exit();
}

/** Runs a server until it is told to end; answers the exit code. */
async function serve(config: Config): Promise<number> {
  try {
    const server = await startServer(config);
    process.stdout.write(`ready ${server.address}\n`);
    await new Promise<void>((resolve) => {
      process.once('SIGTERM', resolve);
      process.once('SIGINT', resolve);
    });
    // A second Ctrl-C does not wait.
    process.once('SIGINT', () => process.exit(130));
    await server.stop();
    served.cleanly = true;
    // What still waits for a MongoDB that is away would wait for ever.
    setTimeout(() => process.exit(), LINGER_MS).unref();
    return 0;
  } catch (error) {
    return explainFailure(error);
  }
}

/** Resolves when a pipe has taken everything that was written, since an exit would cut it off. */
function allWritten(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => {
      resolve();
    });
  });
}

/** Says why the server could not start, and what to do; the stack only where it is no known problem. */
function explainFailure(error: unknown): number {
  const { code, message, hint, exitCode } = error as {
    code?: unknown;
    message?: unknown;
    hint?: unknown;
    exitCode?: unknown;
  };
  const isKnown = typeof hint === 'string';
  const text = isKnown ? String(message) : error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`downbeat cannot serve: ${typeof code === 'string' ? withCode(text, code) : text}\n`);
  if (isKnown) process.stderr.write(`help: ${hint}\n`);
  return typeof exitCode === 'number' ? exitCode : 1;
}

/** The code goes to the end of the first line, before a colon that announces the next. */
function withCode(text: string, code: string): string {
  return text.replace(/:?$/mu, (end) => ` [${code}]${end}`);
}
