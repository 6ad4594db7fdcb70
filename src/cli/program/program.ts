// The verbs, their options and their help, grouped by what a person wants.

import { Command, Option } from 'commander';
import { addKeeping, addLookingBack, oneOrAll, withAll } from './admin-program.ts';
import { addBackfill } from './backfill-program.ts';
import { activate } from '../verbs/activate.ts';
import { apply, type ApplyOptions } from '../verbs/apply.ts';
import { doctor } from '../verbs/doctor.ts';
import { explain } from '../verbs/explain.ts';
import { graph, type GraphOptions } from '../verbs/graph.ts';
import { init } from '../verbs/init.ts';
import { kill, pause, resume, stop, unblock } from '../verbs/hold.ts';
import { type HoldOptions } from '../verbs/hold-options.ts';
import { rebuild, release } from '../verbs/mend.ts';
import { logs, type LogsOptions } from '../verbs/logs.ts';
import { plan } from '../verbs/plan.ts';
import { publish, type PublishOptions } from '../verbs/publish.ts';
import { resetTrigger } from '../verbs/reset-trigger.ts';
import { withRunFilter } from './run-filter.ts';
import { restart, run, type RunOptions } from '../verbs/run.ts';
import { ORDERS, runs, type RunsOptions } from '../verbs/runs.ts';
import { bypass, retry, skip } from '../verbs/steps.ts';
import { type BulkOptions } from '../verbs/bulk.ts';
import { createToken, listTokens, removeToken } from '../verbs/token.ts';
import { test, type TestOptions } from '../verbs/test.ts';
import { validate } from '../verbs/validate.ts';
import { addBreak, addFork } from './action-verbs.ts';
import { addPools } from './pool-program.ts';
import { addDismiss, addRepublish, addSignal } from './signal-verbs.ts';
import { globalRunId } from '../server/global-id.ts';
import { collect, example, stepValues, wholeNumber } from './option-values.ts';
import { type Session } from '../session.ts';
import { type Wanted } from './wanted.ts';
import { watchRun } from '../display/watch-run.ts';

const GROUPS = {
  begin: 'Begin:',
  describe: 'Say what should happen:',
  start: 'Let it happen:',
  look: 'See what happens, and why:',
  hold: 'Hold it, or let it go on:',
  keep: 'Look after it:',
} as const;

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
  addTrying(program, wanted);
  addStarting(program, wanted);
  addBackfill(program, GROUPS.start, wanted.deed);
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
    .description('turn the scripts in a folder into a first definition')
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
    .description('show every setting, and what is missing')
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
    .description('say who may call a server from another machine')
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

/** What needs no server: playing tests, and drawing. */
function addTrying(program: Command, wanted: Wanted): void {
  program
    .command('test')
    .helpGroup(GROUPS.describe)
    .description('play the tests of definitions, without a server')
    .argument('[file...]', 'definitions with tests in them; without, all *.downbeat.yaml of this folder')
    .option('--weather <kinds>', 'also in bad weather: all, or some of reorder,double,drop,crash')
    .addOption(new Option('--seeds <number>', 'in how many weathers').default(100).argParser(wholeNumber(100_000)))
    .addOption(new Option('--seed <number>', 'the first of them').default(1).argParser(wholeNumber(1_000_000_000)))
    .addHelpText('after', example('downbeat test penguins.downbeat.yaml --weather all'))
    .action((files: readonly string[], options: TestOptions) => {
      wanted.deed((session) => test(session, files, options));
    });
  program
    .command('graph')
    .helpGroup(GROUPS.describe)
    .description('draw a workflow, or a file without a server')
    .argument('<workflow|file>', 'such as penguins.downbeat.yaml, or penguins')
    .option('--format <format>', 'text, or mermaid for pages', 'text')
    .addHelpText('after', example('downbeat graph penguins.downbeat.yaml --format mermaid'))
    .action((what: string, options: GraphOptions) => {
      wanted.deed((session) => graph(session, what, options));
    });
}

function addDescribing(program: Command, wanted: Wanted): void {
  program
    .command('validate')
    .helpGroup(GROUPS.describe)
    .description('check definitions, without a server')
    .argument('<file...>', 'definitions, such as penguins.downbeat.yaml')
    .addHelpText('after', example('downbeat validate penguins.downbeat.yaml'))
    .action((files: readonly string[]) => {
      wanted.deed((session) => validate(session, files));
    });
  program
    .command('plan')
    .helpGroup(GROUPS.describe)
    .description('show what applying would change, and change nothing')
    .argument('<file...>', 'definitions, such as penguins.downbeat.yaml')
    .addHelpText('after', example('downbeat plan penguins.downbeat.yaml'))
    .action((files: readonly string[]) => {
      wanted.deed((session) => plan(session, files));
    });
  program
    .command('apply')
    .helpGroup(GROUPS.describe)
    .description('put definitions in place; their triggers begin to listen')
    .argument('<file...>', 'definitions, such as penguins.downbeat.yaml')
    .option('--reason <text>', 'why; kept with the version')
    .option('--force', 'contracts of signals also where they refuse what they accepted before')
    .addHelpText('after', example('downbeat apply penguins.downbeat.yaml'))
    .action((files: readonly string[], options: ApplyOptions) => {
      wanted.deed((session) => apply(session, files, options));
    });
  program
    .command('activate')
    .helpGroup(GROUPS.describe)
    .description('let starts use another version, such as the one before')
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
    .description('say that something has happened: "the data is here"')
    .argument('<signal>', 'its name, such as measurements.ready')
    .addHelpText('after', example('downbeat publish measurements.ready -p island=Biscoe -p rows=168'))
    .action((name: string, options: PublishOptions) => {
      wanted.deed((session) => publish(session, name, options));
    });
  withAll(withParams(program.command('restart')))
    .helpGroup(GROUPS.start)
    .description('run a finished run again; what is kept is not done again')
    .argument('[run]', 'such as penguins/12; without it --all')
    .option('--from <where>', 'beginning, incomplete (keeps what is done), or a step such as train (beginning)')
    .addOption(
      stepValues('--step-param', 'for a parameter of one step, such as train.rounds=3 (of Maestro definitions)'),
    )
    .option('--watch', 'show it live to its end')
    .addHelpText('after', example('downbeat restart penguins/12 --from incomplete --watch'))
    .action((runId: string | undefined, { all, yes, ...options }: RunOptions & BulkOptions) => {
      const many = { ...options, ...(all === undefined ? {} : { all }), ...(yes === undefined ? {} : { yes }) };
      wanted.deed(oneOrAll('restart', runId, many, (id) => (session) => restart(session, id, options)));
    });
  addFork(withParams(program.command('fork')).helpGroup(GROUPS.start), wanted);
}

function addLooking(program: Command, wanted: Wanted): void {
  addSignal(program.command('signal').helpGroup(GROUPS.look), wanted);
  addPools(program.command('pools').helpGroup(GROUPS.look), wanted);
  program
    .command('watch')
    .helpGroup(GROUPS.look)
    .description('show a run live, step by step, to its end')
    .argument('<run>', 'such as penguins/12')
    .addHelpText('after', example('downbeat watch penguins/12'))
    .action((runId: string) => {
      wanted.deed((session) => watchRun(session, globalRunId(runId)));
    });
  withRunFilter(program.command('runs'))
    .helpGroup(GROUPS.look)
    .description('list runs, the newest first')
    .addOption(new Option('--order <order>', 'in which order (newest)').choices(Object.keys(ORDERS)))
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
    .argument('<id>', 'a workflow, run, step, trigger, signal or backfill: penguins, penguins/12, penguins/12/train, …')
    .addHelpText('after', example('downbeat explain penguins/12/train'))
    .action((id: string) => {
      wanted.deed((session) => explain(session, id));
    });
  addLookingBack(program, GROUPS.look, wanted.deed);
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
    withAll(hold(name, description, what))
      .addHelpText('after', example(line))
      .action((id: string | undefined, options: BulkOptions) => {
        const { reason } = options;
        const one = (named: string) => (session: Session) =>
          HOLDING[name](session, named, reason === undefined ? {} : { reason });
        wanted.deed(oneOrAll(name, id, options, one));
      });
  };
  const aRun = ['<run>', 'such as penguins/12'] as const;
  const perhapsARun = ['[run]', 'such as penguins/12; without it --all'] as const;
  const either = ['[run|workflow]', 'a run such as penguins/12, or a workflow such as penguins'] as const;
  onOne(
    'stop',
    'end a run: what runs is told to stop, then come its finally steps',
    perhapsARun,
    'downbeat stop penguins/12',
  );
  onOne('kill', 'end a run at once, without its finally steps', perhapsARun, 'downbeat kill penguins/12');
  onOne(
    'pause',
    'keep the steps of a run, or the triggers of a workflow, still',
    either,
    'downbeat pause penguins --reason "holidays"',
  );
  onOne('resume', 'let what was paused go on, also a step at a breakpoint', either, 'downbeat resume penguins/12');
  addBreak(program.command('break').helpGroup(GROUPS.hold), wanted);
  for (const [name, act, description] of [
    ['skip', skip, 'let a run go on as if a step were done'],
    ['retry', retry, 'let a step that ended badly begin again'],
    ['bypass', bypass, 'let a step that waits for signals go on without them'],
  ] as const) {
    hold(name, description, aRun, ['<step>', 'such as train, or in a loop each[2]/train'])
      .addHelpText('after', example(`downbeat ${name} penguins/12 train`))
      .action((runId: string, stepId: string, options: HoldOptions) => {
        wanted.deed((session) => act(session, runId, stepId, options));
      });
  }
  onOne(
    'unblock',
    'let the queue go on that a failed run holds up',
    ['[workflow]', 'such as penguins; without it --all'],
    'downbeat unblock penguins',
  );
  addKeeping(program, GROUPS.keep, wanted.deed);
}

const HOLDING = { stop, kill, pause, resume, unblock } as const;

function addMending(program: Command, wanted: Wanted): void {
  addRepublish(program.command('republish').helpGroup(GROUPS.keep), wanted);
  addDismiss(program.command('dismiss').helpGroup(GROUPS.keep), wanted);
  program
    .command('release')
    .helpGroup(GROUPS.keep)
    .description('let take part again what an error of Downbeat had set aside')
    .argument('<id>', 'a run, trigger or workflow: penguins/12, penguins')
    .option('--reason <text>', 'why; kept in the history')
    .addHelpText('after', example('downbeat release penguins/12'))
    .action((id: string, options: HoldOptions) => {
      wanted.deed((session) => release(session, id, options));
    });
  program
    .command('reset-trigger')
    .helpGroup(GROUPS.keep)
    .description('drop the signals that wait for others at a trigger')
    .argument('<trigger>', 'such as penguins/all-1')
    .option('--reason <text>', 'why; kept in the history')
    .addHelpText('after', example('downbeat reset-trigger penguins/all-1 --reason "a test"'))
    .action((id: string, options: HoldOptions) => {
      wanted.deed((session) => resetTrigger(session, id, options));
    });
  program
    .command('rebuild')
    .helpGroup(GROUPS.keep)
    .description('make the lists of workflows, runs and signals anew')
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
