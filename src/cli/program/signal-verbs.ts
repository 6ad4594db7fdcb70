// The verbs about signal names with their options: what they promise, and what did not fit.

import { type Command } from 'commander';
import { collect, example } from './option-values.ts';
import { type Wanted } from './wanted.ts';
import { type HoldOptions } from '../verbs/hold-options.ts';
import { dismiss, republish, type RepublishOptions, signal } from '../verbs/signal.ts';

/** Fills in the verb `signal`. */
export function addSignal(command: Command, wanted: Wanted): void {
  command
    .description('show who publishes a signal, who listens, what did not fit')
    .argument('<name>', 'such as measurements.ready')
    .addHelpText('after', example('downbeat signal measurements.ready'))
    .action((name: string) => {
      wanted.deed((session) => signal(session, name));
    });
}

/** Fills in the verb `republish`. */
export function addRepublish(command: Command, wanted: Wanted): void {
  command
    .description("publish after all what a signal's contract refused")
    .argument('<id>', 'such as refused:measurements.ready/01JD…, from "downbeat signal"')
    .option('-p, --param <name=value>', 'with these parameters in place of those it had', collect)
    .option('--reason <text>', 'why; kept in the history')
    .addHelpText(
      'after',
      example('downbeat republish refused:measurements.ready/01JD8Z3V6Q5T7X9B2C4E6G8H0K -p rows=168'),
    )
    .action((id: string, options: RepublishOptions) => {
      wanted.deed((session) => republish(session, id, options));
    });
}

/** Fills in the verb `dismiss`. */
export function addDismiss(command: Command, wanted: Wanted): void {
  command
    .description("let go of what a signal's contract refused")
    .argument('<id>', 'such as refused:measurements.ready/01JD…, from "downbeat signal"')
    .option('--reason <text>', 'why; kept in the history')
    .addHelpText('after', example('downbeat dismiss refused:measurements.ready/01JD8Z3V6Q5T7X9B2C4E6G8H0K'))
    .action((id: string, options: HoldOptions) => {
      wanted.deed((session) => dismiss(session, id, options));
    });
}
