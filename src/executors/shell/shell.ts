// Shell steps: the script runs under `sh -e`, so that the first command that fails fails the step.
// A first line `#!…` chooses another interpreter, as it would for a file.

import { type Launch } from '../process/launch.ts';

const NAME = '.downbeat-step.sh';

/** How a shell script is started. */
export function shellLaunch(script: string): Launch {
  const [interpreter, ...options] = shebangOf(script) ?? ['/bin/sh', '-e'];
  return {
    script: { name: NAME, text: script },
    interpreter,
    arguments: [...options, `./${NAME}`],
    variables: [],
    installHint:
      'The interpreter comes from the first line of the script: install it, or take the line away to use sh.',
  };
}

/** Linux hands over everything behind the interpreter as one argument; so do we. */
function shebangOf(script: string): readonly [string, ...string[]] | undefined {
  const match = /^#![ \t]*([^\s]+)(?:[ \t]+([^\n]*[^\s]))?[ \t\r]*(?:\n|$)/.exec(script);
  if (match?.[1] === undefined) return undefined;
  return match[2] === undefined ? [match[1]] : [match[1], match[2]];
}
