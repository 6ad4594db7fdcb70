// The verbs that let something happen.

import { type Command } from 'commander';
import { oneOrAll, withAll } from './admin-program.ts';
import { publish, type PublishOptions } from '../verbs/publish.ts';
import { restart, run, type RunOptions } from '../verbs/run.ts';
import { type BulkOptions } from '../verbs/bulk.ts';
import { addFork } from './action-verbs.ts';
import { example, stepValues, withParams } from './option-values.ts';
import { type Wanted } from './wanted.ts';
import { GROUPS } from './groups.ts';

/** Adds `run`, `publish`, `restart` and `fork`. */
export function addStarting(program: Command, wanted: Wanted): void {
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
    .argument('[run]', 'such as penguins/12, or one iteration of a loop, penguins/12/each[2]; without it --all')
    .option('--from <where>', 'beginning, incomplete (keeps what is done), or a step such as train (beginning)')
    .addOption(
      stepValues('--step-param', 'for a parameter of one step, such as train.rounds=3 (of Maestro definitions)'),
    )
    .option('--alone', 'of a run that another one waits for: that one does not begin again with it')
    .option('--watch', 'show it live to its end')
    .addHelpText('after', example('downbeat restart penguins/12 --from incomplete --watch'))
    .action((runId: string | undefined, { all, yes, ...options }: RunOptions & BulkOptions) => {
      const many = { ...options, ...(all === undefined ? {} : { all }), ...(yes === undefined ? {} : { yes }) };
      wanted.deed(oneOrAll('restart', runId, many, (id) => (session) => restart(session, id, options)));
    });
  addFork(withParams(program.command('fork')).helpGroup(GROUPS.start), wanted);
}
