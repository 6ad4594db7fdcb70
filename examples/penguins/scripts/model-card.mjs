// Writes down what a model is, how good it is and where it must not be trusted: a "model card", half a page long.
// In:  settings that came with the signal model.ready.   Out: model-card.md, and a verdict.

import { writeFileSync } from 'node:fs';
import { giveOutput, say, setting } from './shared/step.mjs';

const accuracy = Number(setting('ACCURACY'));
const baseline = Number(setting('BASELINE'));
const goodEnough = Number(setting('GOOD_ENOUGH'));
const species = setting('SPECIES');
const percent = (share) => `${(share * 100).toFixed(1)} %`;

/** Good means: better than the line that was drawn, and better than answering the same thing every time. */
function judge() {
  if (accuracy <= baseline) return ['no better than habit', 'Always giving the commonest answer would do as well.'];
  if (accuracy < goodEnough) return ['not good enough', `The line was drawn at ${percent(goodEnough)}.`];
  return ['good enough', `The line was drawn at ${percent(goodEnough)}.`];
}
const [verdict, why] = judge();

const card = `# Model card: which penguin is it?

**Verdict: ${verdict}.** ${why}

| | |
|---|---|
| Names the species of | ${species} |
| Looks at | bill length and bill depth, in millimetres |
| Method | ${setting('NEIGHBOURS')} nearest neighbours |
| Penguins measured on | ${setting('ISLAND') === 'all' ? 'all islands' : setting('ISLAND')} (${setting('PENGUINS')} after cleaning) |
| Tested on | ${setting('TESTED_ON')} penguins that it had not seen |
| Named correctly | ${percent(accuracy)} |
| By habit alone | ${percent(baseline)} |
| Made by | ${setting('MADE_BY')} |

## Use it for

Teaching, and trying out Downbeat.

## Do not use it for

- Young penguins: only adults were measured.
- Other places: all data come from three neighbouring islands, in three summers.
- Any other species: it will name one of those above, however wrong that is.

## Data

Gorman, Williams and Fraser (2014), <https://doi.org/10.1371/journal.pone.0090081>, in the public domain (CC0).
`;

writeFileSync('model-card.md', card);
say(`A model is ready: it named ${percent(accuracy)} of the test penguins correctly.`);
say(`Verdict: ${verdict}. ${why}`);
say('The model card is written: model-card.md.');
giveOutput('verdict', verdict);
