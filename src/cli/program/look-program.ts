// The verbs that show what happens, and why.

import { type Command, Option } from 'commander';
import { addLookingBack } from './admin-program.ts';
import { explain } from '../verbs/explain.ts';
import { logs, type LogsOptions } from '../verbs/logs.ts';
import { withRunFilter } from './run-filter.ts';
import { ORDERS, runs, type RunsOptions } from '../verbs/runs.ts';
import { addPools } from './pool-program.ts';
import { addSignal } from './signal-verbs.ts';
import { globalRunId } from '../server/global-id.ts';
import { example, wholeNumber } from './option-values.ts';
import { addIterations } from './view-program.ts';
import { type Wanted } from './wanted.ts';
import { watchRun } from '../display/watch-run.ts';
import { GROUPS } from './groups.ts';
import { addExport, addWorkflows } from './workflow-program.ts';

/** Adds the verbs that change nothing. */
export function addLooking(program: Command, wanted: Wanted): void {
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
  addWorkflows(program.command('workflows').helpGroup(GROUPS.look), wanted);
  withRunFilter(program.command('runs'))
    .helpGroup(GROUPS.look)
    .description('list runs, the newest first')
    .addOption(new Option('--order <order>', 'in which order (newest)').choices(Object.keys(ORDERS)))
    .addOption(new Option('--limit <number>', 'how many').default(20).argParser(wholeNumber(100)))
    .addHelpText('after', example('downbeat runs --workflow penguins --status failed'))
    .action((options: RunsOptions) => {
      wanted.deed((session) => runs(session, options));
    });
  addIterations(program.command('iterations').helpGroup(GROUPS.look), wanted);
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
  addExport(program.command('export').helpGroup(GROUPS.look), wanted);
  addLookingBack(program, GROUPS.look, wanted.deed);
}
