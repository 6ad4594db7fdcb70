// The verbs that hold something, let it go on, or mend it.

import { type Command } from 'commander';
import { addKeeping, oneOrAll, withAll } from './admin-program.ts';
import { kill, pause, resume, stop, unblock } from '../verbs/hold.ts';
import { type HoldOptions } from '../verbs/hold-options.ts';
import { rebuild, release } from '../verbs/mend.ts';
import { resetTrigger } from '../verbs/reset-trigger.ts';
import { bypass, retry, skip } from '../verbs/steps.ts';
import { type BulkOptions } from '../verbs/bulk.ts';
import { addBreak } from './action-verbs.ts';
import { addDismiss, addRepublish } from './signal-verbs.ts';
import { example } from './option-values.ts';
import { type Session } from '../session.ts';
import { type Wanted } from './wanted.ts';
import { GROUPS } from './groups.ts';

/** Adds `stop`, `kill`, `pause`, `resume`, `break`, `skip`, `retry`, `bypass`, `unblock` and those that keep workflows. */
export function addHolding(program: Command, wanted: Wanted): void {
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

/** Adds the verbs that mend what an error has left behind. */
export function addMending(program: Command, wanted: Wanted): void {
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
