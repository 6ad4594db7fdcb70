// The verb about pools with its options.

import { type Command } from 'commander';
import { example } from './option-values.ts';
import { type Wanted } from './wanted.ts';
import { type HoldOptions } from '../verbs/hold-options.ts';
import { deletePool, pools } from '../verbs/pools.ts';

/** Fills in the verb `pools`. */
export function addPools(command: Command, wanted: Wanted): void {
  command
    .description('show how full pools are; of one, who holds and who waits')
    .argument('[pool]', 'only this one, such as gpu')
    .addHelpText('after', example('downbeat pools gpu'))
    .action((name: string | undefined) => {
      wanted.deed((session) => pools(session, name));
    });
  command
    .command('delete')
    .description('delete a pool that nobody holds or waits for')
    .argument('<pool>', 'such as gpu')
    .option('--reason <text>', 'why; kept in the history')
    .addHelpText('after', example('downbeat pools delete gpu'))
    .action((name: string, options: HoldOptions) => {
      wanted.deed((session) => deletePool(session, name, options));
    });
}
