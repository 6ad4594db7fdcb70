// The command line from its words to its exit code. It starts no server itself: `serve` is handed on.

import { CommanderError, type Command } from 'commander';
import { type Result } from '../core/result.ts';
import { CliError } from './cli-error.ts';
import { createClient } from './server/client.ts';
import { type ExitCode, FAILED, FINE, INTERRUPTED, WRONG_USE } from './exit-code.ts';
import { type CliIo } from './io.ts';
import { type KnownCluster } from './server/known-cluster.ts';
import { type KnownSecrets } from './server/known-secrets.ts';
import { type Pace, USUAL_PACE } from './display/pace.ts';
import { createProgram } from './program/program.ts';
import { type Deed } from './program/wanted.ts';
import { type CheckCron, type CliConfig, say, type Session } from './session.ts';
import { paintFor } from './display/style.ts';
import { type Tokens } from './server/tokens.ts';

/** What the command line gave for settings; the names are those of the config file. */
export type GivenSettings = Readonly<Record<string, string | undefined>>;

/** What the command line cannot do by itself. */
export interface CliWiring<Config extends CliConfig> {
  readonly version: string;
  /** Reads all settings, those given here before all others. */
  readonly settings: (given: GivenSettings) => Result<Config, readonly string[]>;
  /** Starts the server and answers, when it has ended, with the exit code. Ctrl-C is its own affair. */
  readonly serve: (config: Config) => Promise<number>;
  /** The tokens of the settings' tokens file. */
  readonly tokens: (config: Config) => Tokens;
  /** The secrets that the settings lead to. */
  readonly secrets: (config: Config) => KnownSecrets;
  /** The cluster that the settings name. */
  readonly cluster: (config: Config) => KnownCluster | undefined;
  readonly checkCron: CheckCron;
  readonly pace?: Pace;
}

type Task = { readonly kind: 'serve' } | { readonly kind: 'deed'; readonly deed: Deed };

interface Understood {
  readonly task: Task;
  readonly options: Readonly<Record<string, unknown>>;
}

/** Does what the words after `downbeat` say, and answers the exit code. What `serve` throws is the caller's. */
export async function runCli<Config extends CliConfig>(
  argv: readonly string[],
  io: CliIo,
  wiring: CliWiring<Config>,
): Promise<number> {
  const understood = await understand(argv, io, wiring.version);
  if (typeof understood === 'number') return understood;
  const settings = wiring.settings(givenSettings(understood.options));
  if (!settings.ok) {
    for (const problem of settings.failure) io.stderr.write(`error: ${problem}\n`);
    io.stderr.write('help: Correct it where it is said, or take it away: every setting may be left out.\n');
    return WRONG_USE;
  }
  if (understood.task.kind === 'serve') return wiring.serve(settings.value);
  return perform(understood.task.deed, {
    io,
    config: settings.value,
    json: understood.options['json'] === true,
    pace: wiring.pace ?? USUAL_PACE,
    tokens: wiring.tokens(settings.value),
    secrets: wiring.secrets(settings.value),
    cluster: wiring.cluster(settings.value),
    checkCron: wiring.checkCron,
  });
}

async function understand(argv: readonly string[], io: CliIo, version: string): Promise<Understood | ExitCode> {
  let task: Task | undefined;
  const program = createProgram(version, {
    deed: (deed) => {
      task = { kind: 'deed', deed };
    },
    serve: () => {
      task = { kind: 'serve' };
    },
  });
  let options: Readonly<Record<string, unknown>> = {};
  program.hook('preAction', (_program, command) => {
    options = command.optsWithGlobals();
  });
  for (const command of withCommands(program)) speakThrough(command, io);
  try {
    await program.parseAsync(argv.length === 0 ? ['--help'] : [...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? FINE : WRONG_USE;
  }
  return task === undefined ? WRONG_USE : { task, options };
}

/** A command and all below it, such as `token` and `token create`. */
function withCommands(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(withCommands)];
}

/** What is typed for a command, without `downbeat`. */
function wordsOf(command: Command): string {
  const above = command.parent === null ? '' : wordsOf(command.parent);
  return command.parent === null ? '' : `${above} ${command.name()}`;
}

function speakThrough(command: Command, io: CliIo): void {
  command
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        io.stdout.write(text);
      },
      writeErr: (text) => {
        io.stderr.write(text);
      },
      getOutHelpWidth: () => Math.min(io.stdout.columns, 110),
      getErrHelpWidth: () => Math.min(io.stderr.columns, 110),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showHelpAfterError(
      command.parent === null
        ? 'See what there is with: downbeat --help'
        : `See how it is used with: downbeat${wordsOf(command)} --help`,
    );
}

/** Flags by the setting that they give; the config file has the same names. */
const FLAGS: readonly (readonly [setting: string, option: string])[] = [
  ['url', 'url'],
  ['token', 'token'],
  ['port', 'port'],
  ['host', 'host'],
  ['dataDir', 'dataDir'],
  ['mongodbUri', 'mongo'],
  ['redisUrl', 'redis'],
  ['nodeId', 'nodeId'],
  ['mongod', 'mongod'],
  ['offline', 'offline'],
  ['tokensFile', 'tokensFile'],
  ['secretsFile', 'secretsFile'],
  ['allowedHosts', 'allowedHosts'],
  ['httpHosts', 'httpHosts'],
  ['kubernetes', 'kubernetes'],
  ['kubernetesNamespace', 'kubernetesNamespace'],
  ['kubernetesImages', 'kubernetesImages'],
  ['introspection', 'introspection'],
  ['retention', 'retention'],
];

function givenSettings(options: Readonly<Record<string, unknown>>): GivenSettings {
  return Object.fromEntries(
    FLAGS.map(([setting, option]) => {
      const value = options[option];
      return [setting, value === true ? 'on' : typeof value === 'string' ? value : undefined];
    }),
  );
}

/** What of a session is known before it begins. */
type Circumstances = Pick<Session, 'io' | 'config' | 'json' | 'pace' | 'tokens' | 'secrets' | 'cluster' | 'checkCron'>;

async function perform(deed: Deed, circumstances: Circumstances): Promise<ExitCode> {
  const { io, config, pace } = circumstances;
  const interrupt = new AbortController();
  const isPlain = config.surroundings.noColour || config.surroundings.dumbTerminal;
  const session: Session = {
    ...circumstances,
    client: createClient({ url: config.client.url, token: config.client.token }, pace),
    paint: paintFor(io.stdout, isPlain),
    paintTalk: paintFor(io.stderr, isPlain),
    signal: interrupt.signal,
    interruptNote: '',
  };
  let leave: () => void = () => undefined;
  const left = new Promise<'left'>((resolve) => {
    leave = () => {
      resolve('left');
    };
  });
  const stopListening = io.onInterrupt(() => {
    interrupt.abort();
    setTimeout(leave, GRACE_MS).unref();
  });
  try {
    const ended = await Promise.race([outcomeOf(deed, session), left]);
    if (!interrupt.signal.aborted && ended !== 'left') return ended;
    say(session, session.interruptNote === '' ? 'Interrupted.' : session.interruptNote);
    return INTERRUPTED;
  } finally {
    stopListening();
  }
}

/** How long an interrupted command may take to put the terminal in order. */
const GRACE_MS = 300;

async function outcomeOf(deed: Deed, session: Session): Promise<ExitCode> {
  try {
    return await deed(session);
  } catch (error) {
    if (session.signal.aborted) return INTERRUPTED;
    const { paintTalk: paint } = session;
    if (!isExplained(error)) {
      const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
      say(session, `${paint('red', 'error:')} Something in Downbeat itself broke. Please report it with this:`, what);
      return FAILED;
    }
    say(session, `${paint('red', 'error:')} ${error.message}`);
    if (error.hint !== undefined) say(session, `${paint('green', 'help:')} ${error.hint}`);
    return error.exitCode ?? FAILED;
  }
}

/** What was foreseen says what to do next, be it ours or of what we were handed. */
function isExplained(error: unknown): error is Error & { readonly hint?: string; readonly exitCode?: ExitCode } {
  return error instanceof CliError || (error instanceof Error && 'hint' in error && typeof error.hint === 'string');
}
