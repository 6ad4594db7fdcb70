// Node steps: run by the node that runs the server, so that its version is known. CommonJS and ES modules both work as text.

import { type Program } from '../../core/definition/model.ts';
import { type Launch } from '../process/launch.ts';

const NAME = '.downbeat-step.js';

/** How a Node program is started. */
export function nodeLaunch(program: Program): Launch {
  const common = {
    interpreter: process.execPath,
    variables: [],
    installHint: 'The node that runs the server is gone: install Node.js 20.19 or newer and restart the server.',
  };
  return 'code' in program
    ? {
        ...common,
        script: { name: NAME, text: program.code },
        // The text says itself whether it is a module; a warning that it could be said elsewhere is of no use here.
        arguments: ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', `./${NAME}`],
      }
    : { ...common, file: program.file, arguments: [`./${program.file}`] };
}
