// The verbs `workflows` and `export` with their options.

import { type Command, Option } from 'commander';
import { EXPORT_FORMATS, exportIt, type ExportOptions } from '../verbs/export.ts';
import { WORKFLOW_ORDERS, workflows, type WorkflowsOptions } from '../verbs/workflows.ts';
import { versionOption } from './action-verbs.ts';
import { collect, example, wholeNumber } from './option-values.ts';
import { collectStatus } from './run-filter.ts';
import { type Wanted } from './wanted.ts';

/** Fills in the verb `workflows`. */
export function addWorkflows(command: Command, wanted: Wanted): void {
  command
    .description('list workflows: what starts each, when that is next, and how its last run went')
    .option('--text <text>', 'only those whose name, owner or labels contain this')
    .option('--prefix <text>', 'only those whose id begins like this')
    .option('--owner <name>', 'only those that this person or team answers for')
    .option('--label <name=value>', 'only those with this label; give it twice for both', collect)
    .option('--status <status>', 'only those whose last run stands like this, such as failed', collectStatus)
    .addOption(new Option('--paused', 'only those whose triggers are paused').conflicts('active'))
    .option('--active', 'only those whose triggers are not paused')
    .option('--deleted', 'only those that were deleted')
    .addOption(new Option('--order <order>', 'in which order').choices(Object.keys(WORKFLOW_ORDERS)).default('name'))
    .addOption(new Option('--limit <number>', 'how many').default(50).argParser(wholeNumber(100)))
    .addHelpText('after', example('downbeat workflows --status failed --owner ada'))
    .action((options: WorkflowsOptions) => {
      wanted.deed((session) => workflows(session, options));
    });
}

/** Fills in the verb `export`. */
export function addExport(command: Command, wanted: Wanted): void {
  command
    .description('write a workflow as a definition, or a run as a record for a colleague or a report of an error')
    .argument('<workflow|run>', 'such as penguins, or penguins/12')
    .addOption(new Option('--as <format>', 'of a workflow: in which format (yaml)').choices(EXPORT_FORMATS))
    .addOption(versionOption('of a workflow: the version (the active one)'))
    .option('--output <folder>', 'of a run: write its record, its files and what its steps printed into a new folder')
    .addHelpText('after', example('downbeat export penguins/12 --output penguins-12'))
    .action((what: string, options: ExportOptions) => {
      wanted.deed((session) => exportIt(session, what, options));
    });
}
