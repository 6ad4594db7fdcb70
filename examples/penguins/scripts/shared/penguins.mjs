// What the table means: its columns, and how each species is drawn. For another table, begin here.

import { readTable } from './csv.mjs';

/** The measurements, in the order of the report. */
export const MEASUREMENTS = [
  { column: 'bill_length_mm', title: 'Bill length', unit: 'mm', digits: 1 },
  { column: 'bill_depth_mm', title: 'Bill depth', unit: 'mm', digits: 1 },
  { column: 'flipper_length_mm', title: 'Flipper length', unit: 'mm', digits: 0 },
  { column: 'body_mass_g', title: 'Body mass', unit: 'g', digits: 0 },
];

/** The two that the classifier looks at and the plot shows. */
export const FEATURES = MEASUREMENTS.slice(0, 2);

/** How each species is drawn. The shape matters most: it survives grey printers and every kind of colour blindness. */
const LOOKS = {
  Adelie: { shape: 'circle', light: '#c2500a', dark: '#ffa057' },
  Chinstrap: { shape: 'triangle', light: '#7a3fa0', dark: '#d3a4f5' },
  Gentoo: { shape: 'square', light: '#00766c', dark: '#4fd6c6' },
};
const OTHER_LOOK = { shape: 'diamond', light: '#55607a', dark: '#b8c1d6' };

/** The shape and the two colours of a species, the same in every run; species that are not known share one look. */
export const lookOf = (species) => (Object.hasOwn(LOOKS, species) ? LOOKS[species] : OTHER_LOOK);

/** Reads the cleaned table, with its measurements as numbers. */
export function readPenguins(text) {
  const numbers = (row) => Object.fromEntries(MEASUREMENTS.map(({ column }) => [column, Number(row[column])]));
  return readTable(text).map((row) => ({ ...row, ...numbers(row) }));
}

/** The species of some penguins, once each, from A to Z. */
export const speciesOf = (penguins) => [...new Set(penguins.map((penguin) => penguin.species))].sort();
