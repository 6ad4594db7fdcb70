// The verb `iterations` with its options.

import { type Command, InvalidArgumentError, Option } from 'commander';
import { iterations, type IterationsOptions } from '../verbs/iterations.ts';
import { collect, example, wholeNumber } from './option-values.ts';
import { type Wanted } from './wanted.ts';

const STATUSES = [
  'NOT_CREATED',
  'PAUSED',
  'WAITING_FOR_SIGNALS',
  'WAITING_FOR_PERMITS',
  'RUNNING',
  'RETRY_PENDING',
  'SUCCEEDED',
  'COMPLETED_WITH_ERROR',
  'SKIPPED',
  'UNSATISFIED',
  'FAILED',
  'STOPPED',
  'TIMED_OUT',
];

/** Fills in the verb. */
export function addIterations(command: Command, wanted: Wanted): void {
  command
    .description('list a step inside a loop in all its iterations; without a step, what is nested in the run')
    .argument('<run>', 'such as penguins/12')
    .argument('[step]', 'such as train, in however many loops')
    .option('--status <status>', 'only those that are failed, running, …; give it twice for two', collectStatus)
    .option('--where <name=value>', 'only those of this value of a loop; a name given twice means either', collect)
    .addOption(new Option('--limit <number>', 'how many').default(20).argParser(wholeNumber(10_000)))
    .addHelpText('after', example('downbeat iterations penguins/12 train --status failed --where species=Adelie'))
    .action((run: string, step: string | undefined, options: IterationsOptions) => {
      wanted.deed((session) => iterations(session, run, step, options));
    });
}

function collectStatus(value: string, previous: readonly string[] | undefined): readonly string[] {
  const status = value.toUpperCase().replaceAll('-', '_');
  if (!STATUSES.includes(status)) {
    const words = STATUSES.map((one) => one.toLowerCase().replaceAll('_', '-')).join(', ');
    throw new InvalidArgumentError(`There are ${words}.`);
  }
  return [...(previous ?? []), status];
}
