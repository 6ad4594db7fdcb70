// Learns to tell the species from two bill measurements, and finds out how often it is right.
// In:  clean/clean.csv, $NEIGHBOURS, $SEED.   Out: model.json, the accuracy and the baseline.
//
// The method is "k nearest neighbours": to name a new penguin, look at the k penguins whose bills are most like its
// own and take the commonest species among them. It is honest only on penguins that it has not seen, so three in ten
// are set aside for the test.

import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { FEATURES, readPenguins, speciesOf } from './shared/penguins.mjs';
import { giveOutput, giveUp, readInput, runId, say, setting } from './shared/step.mjs';

const TEST_SHARE = 0.3;

/** Random numbers that come out the same for the same seed (mulberry32): anybody can repeat this run exactly. */
function randomNumbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A shuffled copy (Fisher and Yates). */
function shuffled(items, random) {
  const copy = [...items];
  for (let last = copy.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [copy[last], copy[other]] = [copy[other], copy[last]];
  }
  return copy;
}

/** Average and spread of a feature, so that one with larger numbers does not count for more. */
function scaleOf(penguins, { column }) {
  const numbers = penguins.map((penguin) => penguin[column]);
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  const variance = numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0) / numbers.length;
  return { column, mean, spread: Math.sqrt(variance) || 1 };
}

/** The value that comes up most often; of equals, the one that came up first. */
function commonest(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

/** Names the species of a penguin from its nearest neighbours. */
function guess(penguin, training, scales, neighbours) {
  const distance = (other) =>
    scales.reduce((sum, { column, spread }) => sum + ((penguin[column] - other[column]) / spread) ** 2, 0);
  const nearest = training
    .map((other) => ({ species: other.species, distance: distance(other) }))
    .sort((one, two) => one.distance - two.distance)
    .slice(0, neighbours);
  return commonest(nearest.map(({ species }) => species));
}

const table = readInput('clean', 'clean.csv');
const penguins = readPenguins(table);
const species = speciesOf(penguins);
const neighbours = Number(setting('NEIGHBOURS'));
const seed = Number(setting('SEED'));

if (!Number.isInteger(neighbours) || neighbours < 1)
  giveUp(`It needs 1 neighbour or more, not ${setting('NEIGHBOURS')}.`);
if (penguins.length < 10)
  giveUp(`${penguins.length} penguins are too few to learn from and to test on. Bring 10 or more.`);

const mixed = shuffled(penguins, randomNumbers(seed));
const testSize = Math.round(mixed.length * TEST_SHARE);
const test = mixed.slice(0, testSize);
const training = mixed.slice(testSize);
say(`Learning from ${training.length} penguins; ${test.length} others are kept aside for the test (seed ${seed}).`);

const scales = FEATURES.map((feature) => scaleOf(training, feature));
const guesses = test.map((penguin) => ({ ...penguin, guessed: guess(penguin, training, scales, neighbours) }));
const wrong = guesses.filter((penguin) => penguin.guessed !== penguin.species);
const accuracy = (guesses.length - wrong.length) / guesses.length;

// A number alone says little. How good is somebody who always answers with the commonest species?
const habit = commonest(training.map((penguin) => penguin.species));
const baseline = test.filter((penguin) => penguin.species === habit).length / test.length;

const percent = (share) => `${(share * 100).toFixed(1)} %`;
say(`Named ${guesses.length - wrong.length} of ${guesses.length} correctly from the bill alone: ${percent(accuracy)}.`);
say(`Always answering "${habit}" would have given ${percent(baseline)}.`);
if (species.length === 1) say(`Only ${habit} lives here, so there was nothing to tell apart.`);
for (const penguin of wrong) {
  say(
    `  Wrong: ${penguin.species} (bill ${penguin.bill_length_mm} × ${penguin.bill_depth_mm} mm), taken for ${penguin.guessed}.`,
  );
}

const countOf = (real, guessed) =>
  guesses.filter((penguin) => penguin.species === real && penguin.guessed === guessed).length;

const model = {
  method: 'k nearest neighbours',
  neighbours,
  seed,
  features: FEATURES.map(({ column }) => column),
  trainedOn: training.length,
  testedOn: test.length,
  species,
  accuracy,
  baseline,
  habit,
  /** One row for each real species, one column for each guess. */
  confusion: species.map((real) => species.map((guessed) => countOf(real, guessed))),
  wrong,
  dataSha256: createHash('sha256').update(table).digest('hex'),
  madeBy: runId(),
};

writeFileSync('model.json', `${JSON.stringify(model, null, 2)}\n`);
giveOutput('accuracy', accuracy.toFixed(4));
giveOutput('baseline', baseline.toFixed(4));
giveOutput('testedOn', test.length);
giveOutput('madeBy', runId());
