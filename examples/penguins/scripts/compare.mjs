// Checks that the summary made in Node and the one made in Python say the same.
// In:  in-node/summary.json, in-python/summary.json.   Out: how many numbers were compared.

import { giveOutput, giveUp, readJsonInput, say } from './shared/step.mjs';

/** Every number of a summary under a name of its own: "Adelie body_mass_g mean". */
function numbersOf(summary) {
  return new Map(
    summary.flatMap(({ species, count, measurements }) => [
      [`${species} count`, count],
      ...Object.entries(measurements).flatMap(([column, { mean, spread }]) => [
        [`${species} ${column} mean`, mean],
        [`${species} ${column} spread`, spread],
      ]),
    ]),
  );
}

const fromNode = numbersOf(readJsonInput('in-node', 'summary.json'));
const fromPython = numbersOf(readJsonInput('in-python', 'summary.json'));

if ([...fromNode.keys()].join() !== [...fromPython.keys()].join())
  giveUp('The two summaries are about different things.');

const difference = Math.max(...[...fromNode].map(([name, number]) => Math.abs(number - fromPython.get(name))));
// Adding in another order may change the last digit of sixteen; more than that is a mistake in one of the two.
if (difference > 1e-6) giveUp(`The two summaries differ by up to ${difference}.`);

say(`Compared ${fromNode.size} numbers: Node and Python agree.`);
giveOutput('compared', fromNode.size);
