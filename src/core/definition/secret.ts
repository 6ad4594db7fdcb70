// Secrets as definitions speak of them: `secrets.<name>`, in the `env` of a step or the headers of its request, and nowhere else.
// A reference is all that the core ever has; the value is looked up by whoever runs the program or sends the request.

import { type NameFault, groupFault } from './name-fault.ts';

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/u;

/** The secret that a name of a template stands for; undefined if it stands for something else. */
export function secretNamed([root, name, ...members]: readonly string[]): string | undefined {
  return root === 'secrets' && name !== undefined && members.length === 0 && NAME.test(name) ? name : undefined;
}

/** What is wrong with a name that begins with `secrets`, where secrets may stand. */
export function secretFault(path: readonly string[]): NameFault | undefined {
  const [, name, member] = path;
  if (name === undefined) return groupFault('secrets', 'secrets.<name>');
  if (!NAME.test(name)) {
    return {
      message: `"${name}" cannot be the name of a secret.`,
      hint: 'Use letters, digits and underscores, and begin with no digit.',
    };
  }
  return member === undefined ? undefined : { message: `\`secrets.${name}\` is a text, which has no "${member}".` };
}

/** The same anywhere else. */
export function misplacedSecret([, name = 'github_token']: readonly string[]): NameFault {
  const known = NAME.test(name) ? name : 'github_token';
  return {
    message:
      'A secret may only stand in the `env` of a step or in the headers of its request: nothing but the program, or who is asked, ever sees its value.',
    hint: `Add to the step that uses it: env: { ${known.toUpperCase()}: "\${secrets.${known}}" }.`,
  };
}
