// The whole command line: its verbs are in files by what a person wants.

import { Command } from 'commander';
import { addBackfill } from './backfill-program.ts';
import { type Wanted } from './wanted.ts';
import { addBeginning } from './begin-program.ts';
import { addDescribing, addTrying } from './describe-program.ts';
import { addStarting } from './start-program.ts';
import { addLooking } from './look-program.ts';
import { addHolding, addMending } from './hold-program.ts';
import { GROUPS } from './groups.ts';

/** The whole command line. Reading it calls `wanted`. */
export function createProgram(version: string, wanted: Wanted): Command {
  const program = new Command('downbeat')
    .description(
      'Runs your steps in order, when their time or their data has come, and says why they have not begun yet.',
    )
    .version(version, '-V, --version', 'print the version')
    .option('--url <address>', 'the server (else DOWNBEAT_URL, else http://127.0.0.1:4000)')
    .option('--token <token>', 'opens the server (better in DOWNBEAT_TOKEN, where nobody can see it)')
    .option('--json', 'print JSON and nothing else on stdout')
    .configureHelp({ showGlobalOptions: true, sortSubcommands: false })
    .addHelpCommand(new Command('help').argument('[command]').description('explain a command').helpGroup(GROUPS.begin))
    .showSuggestionAfterError()
    .addHelpText('after', OVERVIEW);
  addBeginning(program, wanted);
  addDescribing(program, wanted);
  addTrying(program, wanted);
  addStarting(program, wanted);
  addBackfill(program, GROUPS.start, wanted.deed);
  addLooking(program, wanted);
  addHolding(program, wanted);
  addMending(program, wanted);
  return program;
}

const OVERVIEW = `
A first walk:
  downbeat serve                                      in one terminal, and in another:
  downbeat apply examples/penguins/penguins.downbeat.yaml
  downbeat publish measurements.ready -p island=Biscoe -p rows=168
  downbeat watch penguins/1
  downbeat explain penguins

"downbeat <command> --help" shows an example of each. Exit codes: 0 fine, 1 it failed, 2 wrong use, 3 no server, 130 interrupted.`;
