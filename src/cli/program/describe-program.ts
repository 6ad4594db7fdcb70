// The verbs that deal with definitions.

import { type Command, Option } from 'commander';
import { activate } from '../verbs/activate.ts';
import { apply, type ApplyOptions } from '../verbs/apply.ts';
import { graph, type GraphOptions } from '../verbs/graph.ts';
import { type HoldOptions } from '../verbs/hold-options.ts';
import { plan } from '../verbs/plan.ts';
import { test, type TestOptions } from '../verbs/test.ts';
import { validate } from '../verbs/validate.ts';
import { addWhatIf } from './what-if-program.ts';
import { example, wholeNumber } from './option-values.ts';
import { type Wanted } from './wanted.ts';
import { GROUPS } from './groups.ts';

/** Adds the verbs that check definitions and put them in place. */
export function addDescribing(program: Command, wanted: Wanted): void {
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
  addWhatIf(program.command('what-if').helpGroup(GROUPS.describe), wanted);
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

/** Adds the verbs that need no server: playing tests, and drawing. */
export function addTrying(program: Command, wanted: Wanted): void {
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
