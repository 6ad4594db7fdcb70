// The verbs `fork` and `break` with their options: runs made of others, and where runs stop.

import { type Command, Option } from 'commander';
import { example, stepValues, wholeNumber } from './option-values.ts';
import { type Wanted } from './wanted.ts';
import { breakAt, type BreakOptions } from '../verbs/break.ts';
import { fork, type RunOptions } from '../verbs/run.ts';

const MOST_VERSIONS = 1_000_000;

/** Fills in the verb `fork`, which takes parameters already. */
export function addFork(command: Command, wanted: Wanted): void {
  command
    .description('make a new run that keeps what another one has done, and runs the rest; the other one stays as it is')
    .argument('<run>', 'such as penguins/12, also while it goes on')
    .option('--from <step>', 'a step that runs anew, with all that needs it (what was not complete runs anyway)')
    .addOption(stepValues('--output', 'in place of what a kept step gave; what needs it runs anew'))
    .addOption(
      stepValues('--step-param', 'for a parameter of one step, such as train.rounds=3 (of Maestro definitions)'),
    )
    .addOption(versionOption('the version to run (the one that the run had)'))
    .option('--watch', 'show it live to its end')
    .addHelpText('after', example('downbeat fork penguins/12 --from train -p rounds=5 --output clean.rows=100'))
    .action((runId: string, options: RunOptions) => {
      wanted.deed((session) => fork(session, runId, options));
    });
}

/** Fills in the verb `break`. */
export function addBreak(command: Command, wanted: Wanted): void {
  command
    .description('let runs stop before a step begins, until they are resumed; without a step, list the breakpoints')
    .argument('<workflow>', 'its id, such as penguins')
    .argument('[step]', 'such as train, also inside a loop')
    .option('--run <run>', 'only in this run, such as penguins/12')
    .addOption(versionOption('only in runs of this version'))
    .option('--clear', 'take the breakpoint away: what stands there goes on')
    .option('--reason <text>', 'why; kept in the history')
    .addHelpText('after', example('downbeat break penguins train'))
    .action((workflow: string, step: string | undefined, options: BreakOptions) => {
      wanted.deed((session) => breakAt(session, workflow, step, options));
    });
}

/** The option for a version; `--version` belongs to the program itself. */
export function versionOption(description: string): Option {
  return new Option('--workflow-version <number>', description).argParser(wholeNumber(MOST_VERSIONS));
}
