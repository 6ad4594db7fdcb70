// Says what a typical penguin of each species looks like: average and spread of every measurement.
// In:  clean/clean.csv.   Out: summary.json, and the names of the species.   summarise.py does the same in Python.

import { writeFileSync } from 'node:fs';
import { MEASUREMENTS, readPenguins, speciesOf } from './shared/penguins.mjs';
import { giveOutput, readInput, say } from './shared/step.mjs';

const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/** The usual sample standard deviation; one penguin alone has no spread. */
function spread(numbers) {
  if (numbers.length < 2) return 0;
  const middle = mean(numbers);
  return Math.sqrt(numbers.reduce((sum, number) => sum + (number - middle) ** 2, 0) / (numbers.length - 1));
}

const penguins = readPenguins(readInput('clean', 'clean.csv'));

const summary = speciesOf(penguins).map((species) => {
  const ofSpecies = penguins.filter((penguin) => penguin.species === species);
  const measurements = MEASUREMENTS.map(({ column }) => {
    const numbers = ofSpecies.map((penguin) => penguin[column]);
    return [column, { mean: mean(numbers), spread: spread(numbers) }];
  });
  return { species, count: ofSpecies.length, measurements: Object.fromEntries(measurements) };
});

for (const { species, count, measurements } of summary) {
  const { bill_length_mm: bill, body_mass_g: mass } = measurements;
  say(
    `${species}: ${count} penguins, a bill of ${bill.mean.toFixed(1)} mm, ${(mass.mean / 1000).toFixed(1)} kg on average.`,
  );
}

writeFileSync('summary.json', `${JSON.stringify(summary, null, 2)}\n`);
giveOutput('species', summary.map(({ species }) => species).join(', '));
