// The verb `what-if` with its options.

import { type Command, Option } from 'commander';
import { collect, example, wholeNumber } from './option-values.ts';
import { type Wanted } from './wanted.ts';
import { whatIf, type WhatIfOptions } from '../verbs/what-if.ts';

const MOST_SHOWN = 1_000;

/** Fills in the verb `what-if`. */
export function addWhatIf(command: Command, wanted: Wanted): void {
  command
    .description('show which runs there would have been with the triggers of a definition; changes nothing')
    .argument('<file>', 'a definition as it could be, such as penguins.downbeat.yaml')
    .option('--trigger <name>', 'only this trigger; give it twice for two', collect)
    .option('--since <time>', 'since a date, a time with its zone, or how long ago: 2h, 7d (30d)')
    .option('--from <time>', 'the same, beside --to')
    .option('--to <time>', 'only before')
    .option('--kept', 'show also the runs that would be there all the same')
    .addOption(
      new Option('--limit <number>', 'how many runs are shown').default(100).argParser(wholeNumber(MOST_SHOWN)),
    )
    .addHelpText('after', example('downbeat what-if penguins.downbeat.yaml --since 30d'))
    .action((file: string, options: WhatIfOptions) => {
      wanted.deed((session) => whatIf(session, file, options));
    });
}
