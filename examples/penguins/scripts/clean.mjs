// Keeps the penguins of the wanted island that have all four measurements.
// In:  check/measurements.csv, $ISLAND.   Out: clean.csv, the island as the table spells it, how many were kept and dropped.

import { writeFileSync } from 'node:fs';
import { readTable, writeTable } from './shared/csv.mjs';
import { MEASUREMENTS } from './shared/penguins.mjs';
import { giveOutput, giveUp, readInput, say, setting } from './shared/step.mjs';

const isNumber = (text) => text !== '' && Number.isFinite(Number(text));
const isComplete = (row) => MEASUREMENTS.every(({ column }) => isNumber(row[column] ?? ''));

const rows = readTable(readInput('check', 'measurements.csv'));
const islands = [...new Set(rows.map((row) => row.island))].sort();

// "biscoe" means Biscoe: being strict here would help nobody.
const wanted = setting('ISLAND').trim().toLowerCase();
const island = islands.find((name) => name.toLowerCase() === wanted);
if (wanted !== 'all' && island === undefined) {
  giveUp(
    `No penguin in the table lives on "${setting('ISLAND')}". The islands are ${islands.join(', ')}; or write all.`,
  );
}

const there = island === undefined ? rows : rows.filter((row) => row.island === island);
const kept = there.filter(isComplete).map((row) => ({ ...row, sex: row.sex === 'NA' ? 'unknown' : row.sex }));
const dropped = there.length - kept.length;

say(`${there.length} penguins were measured on ${island ?? 'all islands'}.`);
say(`Dropped ${dropped}, because a measurement is missing. An unknown sex is no reason to drop a penguin.`);
say(`Kept ${kept.length}.`);
if (kept.length === 0)
  giveUp('Nothing is left to work with. Look into measurements.csv: are the numbers really numbers?');

const columns = ['species', 'island', ...MEASUREMENTS.map(({ column }) => column), 'sex', 'year'];
writeFileSync(
  'clean.csv',
  writeTable(
    columns,
    kept.map((row) => ({ sex: 'unknown', year: '', ...row })),
  ),
);
giveOutput('island', island ?? 'all');
giveOutput('kept', kept.length);
giveOutput('dropped', dropped);
