// The verbs for looking after many workflows and runs, and `--all` of those that act on runs.

import { type Command, Option } from 'commander';
import { wrongUse } from '../cli-error.ts';
import { collect, example, wholeNumber } from './option-values.ts';
import { type Deed } from './wanted.ts';
import { withRunFilter } from './run-filter.ts';
import { audit, type AuditOptions } from '../verbs/audit.ts';
import { bulk, type BulkOptions, type BulkVerb } from '../verbs/bulk.ts';
import { deleteWorkflow, type DeleteOptions, set, type SetOptions } from '../verbs/delete.ts';
import { diff } from '../verbs/diff.ts';

/** Adds `audit` and `diff`. */
export function addLookingBack(program: Command, group: string, deed: (deed: Deed) => void): void {
  program
    .command('audit')
    .helpGroup(group)
    .description('show who did what, when and why')
    .argument('[about]', 'only what was about this workflow, run or step, such as penguins or penguins/12')
    .option('--actor <name>', 'only what this person or service did')
    .option('--operation <name>', 'only this, such as stopRun; give it twice for two', collect)
    .option('--since <time>', 'only since a date, a time with its zone, or how long ago: 2h, 7d')
    .option('--until <time>', 'only before')
    .addOption(new Option('--limit <number>', 'how many').default(20).argParser(wholeNumber(100)))
    .addHelpText('after', example('downbeat audit penguins --since 7d'))
    .action((about: string | undefined, options: AuditOptions) => {
      deed((session) => audit(session, about, options));
    });
  program
    .command('diff')
    .helpGroup(group)
    .description('compare two runs: parameters, steps, outputs, definitions')
    .argument('<run>', 'such as penguins/11')
    .argument('<other>', 'such as penguins/12')
    .addHelpText('after', example('downbeat diff penguins/11 penguins/12'))
    .action((a: string, b: string) => {
      deed((session) => diff(session, a, b));
    });
}

/** Adds `set` and `delete`. */
export function addKeeping(program: Command, group: string, deed: (deed: Deed) => void): void {
  program
    .command('set')
    .helpGroup(group)
    .description('set owner, labels or description of a workflow by hand')
    .argument('<workflow>', 'its id, such as penguins')
    .option('--owner <name>', 'who answers for it')
    .option('--label <name=value>', 'all its labels, one each time', collect)
    .option('--description <text>', 'what it is for')
    .option('--unset <name>', 'take back owner, labels or description: as the definition says', collect)
    .option('--reason <text>', 'why; kept in the audit')
    .addHelpText('after', example('downbeat set penguins --owner ada --label team=birds'))
    .action((workflow: string, options: SetOptions) => {
      deed((session) => set(session, workflow, options));
    });
  program
    .command('delete')
    .helpGroup(group)
    .description('delete a workflow; its runs can still be read')
    .argument('<workflow>', 'its id, such as penguins')
    .option('--stop-runs', 'stop its runs that are not over')
    .option('--reason <text>', 'why; kept in the audit')
    .addHelpText('after', example('downbeat delete penguins --stop-runs --reason "replaced by walrus"'))
    .action((workflow: string, options: DeleteOptions) => {
      deed((session) => deleteWorkflow(session, workflow, options));
    });
}

/** Lets a verb that acts on one thing act on all runs that match, too. */
export function withAll(command: Command): Command {
  return withRunFilter(
    command
      .option('--all', 'all runs that match the options below: shows them, and asks')
      .option('--yes', 'with --all: do not ask'),
  );
}

/** The deed of a verb: on the one thing that is named, or with `--all` on many runs. */
export function oneOrAll(
  verb: BulkVerb,
  id: string | undefined,
  options: BulkOptions,
  one: (id: string) => Deed,
): Deed {
  return (session) => {
    if (options.all !== true && id !== undefined) return one(id)(session);
    if (options.all === true && id === undefined) return bulk(session, verb, options);
    throw id === undefined
      ? wrongUse(`What to ${verb} is missing.`, `Name it, or choose many: downbeat ${verb} --all --workflow <workflow>`)
      : wrongUse(`Either ${id} or --all: not both.`, 'Leave one of them out.');
  };
}
