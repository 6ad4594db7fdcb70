// The verbs, their options and their help, grouped by what a person wants.

import { Command, InvalidArgumentError, Option } from 'commander';
import { type ExitCode } from './exit-code.ts';
import { type Session } from './session.ts';
import { activate } from './verbs/activate.ts';
import { apply } from './verbs/apply.ts';
import { doctor } from './verbs/doctor.ts';
import { explain } from './verbs/explain.ts';
import { init } from './verbs/init.ts';
import { type HoldOptions, kill, pause, resume, stop, unblock } from './verbs/hold.ts';
import { rebuild, release } from './verbs/mend.ts';
import { logs, type LogsOptions } from './verbs/logs.ts';
import { plan } from './verbs/plan.ts';
import { publish, type PublishOptions } from './verbs/publish.ts';
import { restart, run, type RunOptions } from './verbs/run.ts';
import { runs, type RunsOptions } from './verbs/runs.ts';
import { retry, skip } from './verbs/steps.ts';
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

const STATUSES = ['QUEUED', 'RUNNING', 'PAUSED', 'SUCCEEDED', 'FAILED', 'STOPPED', 'TIMED_OUT'];

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
    .command('init')
    .helpGroup(GROUPS.begin)
    .description('turn the scripts in a folder into a first definition; changes nothing that is there')
    .argument('[folder]', 'where the scripts lie', '.')
    .addHelpText('after', example('downbeat init my-scripts'))
    .action((folder: string) => {
      wanted.deed((session) => init(session, folder));
    });
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
    .option('--secrets-file <path>', 'the secrets of steps: a file of name=value, or a folder with a file for each')
    .option('--allowed-hosts <names>', 'host names under which it may be called, with commas between')
    .option('--introspection <on|off>', 'whether the GraphQL schema can be asked for')
    .option('--retention <time>', 'how long cursors, keys and what steps print are kept (30d)')
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
    .command('plan')
    .helpGroup(GROUPS.describe)
    .description('show what applying definitions would change and touch, and change nothing')
    .argument('<file...>', 'definitions, such as penguins.downbeat.yaml')
    .addHelpText('after', example('downbeat plan penguins.downbeat.yaml'))
    .action((files: readonly string[]) => {
      wanted.deed((session) => plan(session, files));
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
  program
    .command('activate')
    .helpGroup(GROUPS.describe)
    .description('let starts use another version, such as the one before; runs that are not over keep theirs')
    .argument('<workflow>', 'its id, such as penguins')
    .argument('<version>', 'its number, or latest')
    .option('--reason <text>', 'why; kept in the history')
    .addHelpText('after', example('downbeat activate penguins 3'))
    .action((workflow: string, version: string, options: HoldOptions) => {
      wanted.deed((session) => activate(session, workflow, version, options));
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
    .description('run a finished run again; what is kept is not done again')
    .argument('<run>', 'such as penguins/12')
    .option('--from <where>', 'beginning, incomplete (keeps what is done), or a step such as train (beginning)')
    .option('--watch', 'show it live to its end')
    .addHelpText('after', example('downbeat restart penguins/12 --from incomplete --watch'))
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
  const hold = (name: string, description: string, ...what: readonly (readonly [string, string])[]): Command =>
    what
      .reduce(
        (command, [argument, meaning]) => command.argument(argument, meaning),
        program.command(name).helpGroup(GROUPS.hold).description(description),
      )
      .option('--reason <text>', 'why; kept in the history');
  const onOne = (
    name: 'stop' | 'kill' | 'pause' | 'resume' | 'unblock',
    description: string,
    what: readonly [string, string],
    line: string,
  ): void => {
    hold(name, description, what)
      .addHelpText('after', example(line))
      .action((id: string, options: HoldOptions) => {
        wanted.deed((session) => HOLDING[name](session, id, options));
      });
  };
  const aRun = ['<run>', 'such as penguins/12'] as const;
  const either = ['<run|workflow>', 'a run such as penguins/12, or a workflow such as penguins'] as const;
  onOne('stop', 'end a run: what runs is told to stop, then come its finally steps', aRun, 'downbeat stop penguins/12');
  onOne('kill', 'end a run at once, without its finally steps', aRun, 'downbeat kill penguins/12');
  onOne(
    'pause',
    'keep the steps of a run, or the triggers of a workflow, from starting',
    either,
    'downbeat pause penguins --reason "holidays"',
  );
  onOne('resume', 'let what was paused go on', either, 'downbeat resume penguins/12');
  for (const [name, act, description] of [
    ['skip', skip, 'let a run go on as if a step were done'],
    ['retry', retry, 'let a step that ended badly begin again'],
  ] as const) {
    hold(name, description, aRun, ['<step>', 'such as train, or in a loop each[2]/train'])
      .addHelpText('after', example(`downbeat ${name} penguins/12 train`))
      .action((runId: string, stepId: string, options: HoldOptions) => {
        wanted.deed((session) => act(session, runId, stepId, options));
      });
  }
  onOne(
    'unblock',
    'let the queue go on that a failed run holds up, under strict-sequential',
    ['<workflow>', 'such as penguins'],
    'downbeat unblock penguins',
  );
}

const HOLDING = { stop, kill, pause, resume, unblock } as const;

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
