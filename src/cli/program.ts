// The verbs, their options and their help, grouped by what a person wants.

import { Command, InvalidArgumentError, Option } from 'commander';
import { type ExitCode } from './exit-code.ts';
import { type Session } from './session.ts';
import { apply } from './verbs/apply.ts';
import { doctor } from './verbs/doctor.ts';
import { explain } from './verbs/explain.ts';
import { type HoldOptions, pauseTriggers, resumeTriggers, stop } from './verbs/hold.ts';
import { rebuild, release } from './verbs/mend.ts';
import { logs, type LogsOptions } from './verbs/logs.ts';
import { publish, type PublishOptions } from './verbs/publish.ts';
import { restart, run, type RunOptions } from './verbs/run.ts';
import { runs, type RunsOptions } from './verbs/runs.ts';
import { createToken, listTokens, removeToken } from './verbs/token.ts';
import { validate } from './verbs/validate.ts';
import { globalRunId } from './global-id.ts';
import { watchRun } from './watch-run.ts';

/** A verb with its arguments, ready to be done in a session. */
export type Deed = (session: Session) => Promise<ExitCode> | ExitCode;

/** What the program hands on once it has understood what is wanted. */
export interface Wanted {
  /** A verb that asks a server or reads files. */
  readonly deed: (deed: Deed) => void;
  /** The server itself, or `doctor`, which works also with settings that are wrong. */
  readonly serve: () => void;
}

const GROUPS = {
  begin: 'Begin:',
  describe: 'Say what should happen:',
  start: 'Let it happen:',
  look: 'See what happens, and why:',
  hold: 'Hold it:',
} as const;

const STATUSES = ['QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'STOPPED', 'TIMED_OUT'];

/** The whole command line. Reading it calls `wanted`. */
export function createProgram(version: string, wanted: Wanted): Command {
  const program = new Command('downbeat')
    .description(
      'Runs your steps in order, when their time or their data has come, and says why they have not begun yet.',
    )
    .version(version, '-V, --version', 'print the version')
    .option('--url <address>', 'the server (else DOWNBEAT_URL, else http://127.0.0.1:4000)')
    .option('--token <token>', 'opens the server (better in DOWNBEAT_TOKEN, where nobody can see it)')
    .option('--json', 'print JSON and nothing else on stdout')
    .configureHelp({ showGlobalOptions: true, sortSubcommands: false })
    .addHelpCommand(new Command('help').argument('[command]').description('explain a command').helpGroup(GROUPS.begin))
    .showSuggestionAfterError()
    .addHelpText('after', OVERVIEW);
  addBeginning(program, wanted);
  addDescribing(program, wanted);
  addStarting(program, wanted);
  addLooking(program, wanted);
  addHolding(program, wanted);
  addMending(program, wanted);
  return program;
}

const OVERVIEW = `
A first walk:
  downbeat serve                                      in one terminal, and in another:
  downbeat apply examples/penguins/penguins.downbeat.yaml
  downbeat publish measurements.ready -p island=Biscoe -p rows=168
  downbeat watch penguins/1
  downbeat explain penguins

"downbeat <command> --help" shows an example of each. Exit codes: 0 fine, 1 it failed, 2 wrong use, 3 no server, 130 interrupted.`;

function addBeginning(program: Command, wanted: Wanted): void {
  program
    .command('serve')
    .helpGroup(GROUPS.begin)
    .description('start the server; it needs nothing else to be installed')
    .option('--port <number>', 'where it listens (4000; 0 chooses one)')
    .option('--host <address>', 'on which address (127.0.0.1: this machine only)')
    .option('--data-dir <folder>', 'where it keeps everything (.downbeat)')
    .option('--mongo <uri>', 'a MongoDB to use instead of the embedded one')
    .option('--redis <url>', 'a Redis, for several nodes')
    .option('--node-id <name>', 'the name of this node')
    .option('--mongod <path>', 'the mongod program to start')
    .option('--offline', 'fetch nothing from the network')
    .option('--tokens-file <path>', 'who may call, needed on any address but loopback')
    .option('--allowed-hosts <names>', 'host names under which it may be called, with commas between')
    .option('--introspection <on|off>', 'whether the GraphQL schema can be asked for')
    .option('--retention <time>', 'how long histories and logs are kept (30d)')
    .addHelpText('after', example('downbeat serve --port 4100'))
    .action(wanted.serve);
  program
    .command('doctor')
    .helpGroup(GROUPS.begin)
    .description('show every setting and where it comes from, what is missing, and how to mend it')
    .addHelpText('after', example('downbeat doctor'))
    .action(() => {
      wanted.deed(doctor);
    });
  addTokens(program, wanted);
}

function addTokens(program: Command, wanted: Wanted): void {
  const token = program
    .command('token')
    .helpCommand(false)
    .helpGroup(GROUPS.begin)
    .description('say who may call a server that others than this machine can reach')
    .addHelpText('after', example('downbeat token create --name ada'));
  const verb = (name: string, description: string, line: string): Command =>
    token
      .command(name)
      .description(description)
      .option('--tokens-file <path>', 'where tokens are kept (tokens.json in the data folder)')
      .option('--data-dir <folder>', 'the data folder of the server (.downbeat)')
      .addHelpText('after', example(line));
  verb('create', 'make a token and print it, this one time', 'downbeat token create --name ada')
    .option('--name <name>', 'whose it is, as the history will say (else your user name)')
    .action(({ name }: { readonly name?: string }) => {
      wanted.deed((session) => createToken(session, name));
    });
  verb('list', 'show whose tokens there are', 'downbeat token list').action(() => {
    wanted.deed(listTokens);
  });
  verb('remove', 'take a token back; a server knows at once', 'downbeat token remove ada')
    .argument('<name>', 'whose it is, such as ada')
    .action((name: string) => {
      wanted.deed((session) => removeToken(session, name));
    });
}

function addDescribing(program: Command, wanted: Wanted): void {
  program
    .command('validate')
    .helpGroup(GROUPS.describe)
    .description('check definitions without a server, and show each mistake in its line')
    .argument('<file...>', 'definitions, such as penguins.downbeat.yaml')
    .addHelpText('after', example('downbeat validate penguins.downbeat.yaml'))
    .action((files: readonly string[]) => {
      wanted.deed((session) => validate(session, files));
    });
  program
    .command('apply')
    .helpGroup(GROUPS.describe)
    .description('put definitions and the files they name in place; their triggers begin to listen')
    .argument('<file...>', 'definitions, such as penguins.downbeat.yaml')
    .option('--reason <text>', 'why; kept with the version')
    .addHelpText('after', example('downbeat apply penguins.downbeat.yaml'))
    .action((files: readonly string[], options: { readonly reason?: string }) => {
      wanted.deed((session) => apply(session, files, options));
    });
}

function addStarting(program: Command, wanted: Wanted): void {
  withParams(program.command('run'))
    .helpGroup(GROUPS.start)
    .description('start a workflow now')
    .argument('<workflow>', 'its id, such as penguins')
    .option('--watch', 'show it live to its end')
    .option('--for <time>', 'the day or time that the run is for, such as 2026-11-01')
    .addHelpText('after', example('downbeat run penguins -p island=Biscoe --watch'))
    .action((workflow: string, options: RunOptions) => {
      wanted.deed((session) => run(session, workflow, options));
    });
  withParams(program.command('publish'))
    .helpGroup(GROUPS.start)
    .description('say that something has happened, such as "the data is here"; triggers decide what starts')
    .argument('<signal>', 'its name, such as measurements.ready')
    .addHelpText('after', example('downbeat publish measurements.ready -p island=Biscoe -p rows=168'))
    .action((name: string, options: PublishOptions) => {
      wanted.deed((session) => publish(session, name, options));
    });
  withParams(program.command('restart'))
    .helpGroup(GROUPS.start)
    .description('run a finished run again, from its beginning')
    .argument('<run>', 'such as penguins/12')
    .option('--watch', 'show it live to its end')
    .addHelpText('after', example('downbeat restart penguins/12 --watch'))
    .action((runId: string, options: RunOptions) => {
      wanted.deed((session) => restart(session, runId, options));
    });
}

function addLooking(program: Command, wanted: Wanted): void {
  program
    .command('watch')
    .helpGroup(GROUPS.look)
    .description('show a run live, step by step, to its end')
    .argument('<run>', 'such as penguins/12')
    .addHelpText('after', example('downbeat watch penguins/12'))
    .action((runId: string) => {
      wanted.deed((session) => watchRun(session, globalRunId(runId)));
    });
  program
    .command('runs')
    .helpGroup(GROUPS.look)
    .description('list runs, the newest first')
    .option('--workflow <id>', 'only those of this workflow')
    .option(
      '--status <status>',
      `only those that are ${STATUSES.join(', ').toLowerCase()}; give it twice for two`,
      collectStatus,
    )
    .addOption(new Option('--limit <number>', 'how many').default(20).argParser(wholeNumber(100)))
    .addHelpText('after', example('downbeat runs --workflow penguins --status failed'))
    .action((options: RunsOptions) => {
      wanted.deed((session) => runs(session, options));
    });
  program
    .command('logs')
    .helpGroup(GROUPS.look)
    .description('show what steps printed')
    .argument('<run>', 'such as penguins/12')
    .argument('[step]', 'only this step, such as clean')
    .option('-f, --follow', 'go on until the run has ended')
    .addOption(
      new Option('--lines <number>', 'at most this many of each step, from the end')
        .default(1000)
        .argParser(wholeNumber(1000)),
    )
    .addHelpText('after', example('downbeat logs penguins/12 clean'))
    .action((runId: string, stepId: string | undefined, options: LogsOptions) => {
      wanted.deed((session) => logs(session, runId, stepId, options));
    });
  program
    .command('explain')
    .helpGroup(GROUPS.look)
    .description('say in sentences why something runs, waits, or has not begun')
    .argument('<id>', 'a workflow, run, step, trigger or signal: penguins, penguins/12, penguins/12/train, …')
    .addHelpText('after', example('downbeat explain penguins/12/train'))
    .action((id: string) => {
      wanted.deed((session) => explain(session, id));
    });
}

function addHolding(program: Command, wanted: Wanted): void {
  const hold = (name: string, description: string, what: readonly [string, string]): Command =>
    program
      .command(name)
      .helpGroup(GROUPS.hold)
      .description(description)
      .argument(...what)
      .option('--reason <text>', 'why; kept in the history');
  hold('stop', 'end a run: what runs is told to stop, nothing more of it begins', ['<run>', 'such as penguins/12'])
    .addHelpText('after', example('downbeat stop penguins/12'))
    .action((runId: string, options: HoldOptions) => {
      wanted.deed((session) => stop(session, runId, options));
    });
  hold('pause', 'keep the triggers of a workflow from starting runs', ['<workflow>', 'such as penguins'])
    .addHelpText('after', example('downbeat pause penguins --reason "holidays"'))
    .action((workflow: string, options: HoldOptions) => {
      wanted.deed((session) => pauseTriggers(session, workflow, options));
    });
  hold('resume', 'let the triggers of a workflow start runs again', ['<workflow>', 'such as penguins'])
    .addHelpText('after', example('downbeat resume penguins'))
    .action((workflow: string, options: HoldOptions) => {
      wanted.deed((session) => resumeTriggers(session, workflow, options));
    });
}

function addMending(program: Command, wanted: Wanted): void {
  program
    .command('release')
    .helpGroup(GROUPS.hold)
    .description('let take part again what an error of Downbeat had set aside')
    .argument('<id>', 'a run, trigger or workflow: penguins/12, penguins')
    .option('--reason <text>', 'why; kept in the history')
    .addHelpText('after', example('downbeat release penguins/12'))
    .action((id: string, options: HoldOptions) => {
      wanted.deed((session) => release(session, id, options));
    });
  program
    .command('rebuild')
    .helpGroup(GROUPS.hold)
    .description('make the lists of workflows, runs and signals anew; nothing is lost by it')
    .addHelpText('after', example('downbeat rebuild'))
    .action(() => {
      wanted.deed((session) => rebuild(session));
    });
}

function withParams(command: Command): Command {
  return command
    .addOption(
      new Option(
        '-p, --param <name=value>',
        'a parameter, as often as needed; name=@file.json reads JSON from a file',
      ).argParser(collect),
    )
    .option('--idempotency-key <key>', 'the same key twice does it only once')
    .option('--reason <text>', 'why; kept in the history');
}

function example(line: string): string {
  return `\nExample:\n  $ ${line}`;
}

function collect(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value];
}

function collectStatus(value: string, previous: readonly string[] | undefined): readonly string[] {
  const status = value.toUpperCase().replaceAll('-', '_');
  if (!STATUSES.includes(status)) throw new InvalidArgumentError(`There are ${STATUSES.join(', ').toLowerCase()}.`);
  return [...(previous ?? []), status];
}

function wholeNumber(most: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (!Number.isInteger(number) || number < 1 || number > most)
      throw new InvalidArgumentError(`It must be a whole number from 1 to ${String(most)}.`);
    return number;
  };
}
