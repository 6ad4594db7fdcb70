// Draws every penguin as a point: bill length against bill depth, one shape and colour a species.
// In:  clean/clean.csv and, if the classifier ran, classify/model.json.   Out: plot.svg.
//
// The picture is one self-contained file. It follows the reader's light or dark setting, has a title and a description
// for screen readers, and says everything by shape and by text as well as by colour.

import { writeFileSync } from 'node:fs';
import { escape, mark } from './shared/markup.mjs';
import { FEATURES, lookOf, readPenguins, speciesOf } from './shared/penguins.mjs';
import { readInput, readJsonInput, say } from './shared/step.mjs';

const WIDTH = 760;
const HEIGHT = 500;
const FRAME = { left: 64, right: 24, top: 64, bottom: 92 };

/** Round numbers for an axis, a little wider than the data. */
function axisFor(numbers, pixelsFrom, pixelsTo) {
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  const rough = (most - least || 1) / 6;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * magnitude).find((size) => size >= rough);
  const [from, to] = [Math.floor(least / step) * step, (Math.floor(most / step) + 1) * step];
  const ticks = Array.from({ length: Math.round((to - from) / step) + 1 }, (_, index) => from + index * step);
  const place = (number) => pixelsFrom + ((number - from) / (to - from)) * (pixelsTo - pixelsFrom);
  return { ticks, place };
}

const average = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

const penguins = readPenguins(readInput('clean', 'clean.csv'));
const model = readJsonInput('classify', 'model.json');
const species = speciesOf(penguins);

const [across, up] = FEATURES;
const x = axisFor(
  penguins.map((penguin) => penguin[across.column]),
  FRAME.left,
  WIDTH - FRAME.right,
);
const y = axisFor(
  penguins.map((penguin) => penguin[up.column]),
  HEIGHT - FRAME.bottom,
  FRAME.top,
);
const placeOf = (penguin) => [x.place(penguin[across.column]), y.place(penguin[up.column])];

const grid = [
  ...x.ticks.map((tick) => {
    const at = x.place(tick).toFixed(1);
    const [top, bottom] = [FRAME.top, HEIGHT - FRAME.bottom];
    return `<path class="pp-grid" stroke="#e3e5ea" d="M${at} ${top}V${bottom}"/>
    <text class="pp-soft" fill="#5a6072" x="${at}" y="${bottom + 18}" text-anchor="middle">${tick}</text>`;
  }),
  ...y.ticks.map((tick) => {
    const at = y.place(tick).toFixed(1);
    return `<path class="pp-grid" stroke="#e3e5ea" d="M${FRAME.left} ${at}H${WIDTH - FRAME.right}"/>
    <text class="pp-soft" fill="#5a6072" x="${FRAME.left - 10}" y="${at}" dy="0.35em" text-anchor="end">${tick}</text>`;
  }),
];

const clouds = species.map((name, index) => {
  const points = penguins
    .filter((penguin) => penguin.species === name)
    .map((penguin) => mark(lookOf(name).shape, ...placeOf(penguin)));
  return `<g class="pp-species-${index}" fill="${lookOf(name).light}" fill-opacity="0.72">
    ${points.join('\n    ')}
  </g>`;
});

const names = species.map((name, index) => {
  const places = penguins.filter((penguin) => penguin.species === name).map(placeOf);
  const [middle, height] = [0, 1].map((axis) => average(places.map((place) => place[axis])).toFixed(1));
  return `<text class="pp-name pp-species-${index}" fill="${lookOf(name).light}" stroke="#ffffff" x="${middle}" y="${height}" dy="0.35em" text-anchor="middle">${escape(name)}</text>`;
});

const rings = (model?.wrong ?? []).map((penguin) => {
  const [cx, cy] = placeOf(penguin).map((number) => number.toFixed(1));
  return `<circle class="pp-ring" stroke="#1d2130" fill="none" stroke-width="2" cx="${cx}" cy="${cy}" r="10"><title>${escape(penguin.species)}, taken for ${escape(penguin.guessed)}</title></circle>`;
});

// The legend: shape, name and number, and the ring only where there is one.
const entries = species.map((name, index) => ({
  text: `${name} (${penguins.filter((penguin) => penguin.species === name).length})`,
  symbol: `<g class="pp-species-${index}" fill="${lookOf(name).light}">${mark(lookOf(name).shape, 0, 0, 6)}</g>`,
}));
if (rings.length > 0) {
  entries.push({
    text: `named wrongly (${rings.length})`,
    symbol: '<circle class="pp-ring" stroke="#1d2130" fill="none" stroke-width="2" r="7"/>',
  });
}
const legend = entries.map(
  ({ text, symbol }, index) => `<g transform="translate(${FRAME.left + 10 + index * 168} ${HEIGHT - 20})">${symbol}
    <text class="pp-strong" fill="#1d2130" x="15" dy="0.35em">${escape(text)}</text></g>`,
);

const title = `${across.title} and ${up.title.toLowerCase()} of ${penguins.length} penguins`;
const description =
  `A scatter plot. ${across.title} in ${across.unit} runs from left to right, ${up.title.toLowerCase()} in ${up.unit} from ` +
  `bottom to top. ${entries.map(({ text }) => text).join(', ')}.`;

const dark = species.map((name, index) => `.pp-species-${index} { fill: ${lookOf(name).dark}; }`).join(' ');

const svg = `<svg class="penguin-plot" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="pp-title pp-description">
  <title id="pp-title">${escape(title)}</title>
  <desc id="pp-description">${escape(description)}</desc>
  <style>
    .penguin-plot { font: 13px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
    .pp-heading { font-size: 18px; font-weight: 650; }
    .pp-name { font-size: 17px; font-weight: 700; stroke-width: 5px; stroke-linejoin: round; paint-order: stroke; }
    @media (prefers-color-scheme: dark) {
      .pp-paper { fill: #14171f; } .pp-grid { stroke: #2b303d; } .pp-soft { fill: #a4abbd; } .pp-strong { fill: #eceef4; }
      .pp-ring { stroke: #ffffff; } .pp-name { stroke: #14171f; } ${dark}
    }
    @media print { .pp-paper { fill: none; } }
  </style>
  <rect class="pp-paper" width="${WIDTH}" height="${HEIGHT}" rx="10" fill="#ffffff"/>
  <text class="pp-heading pp-strong" fill="#1d2130" x="${FRAME.left}" y="34">${escape(title)}</text>
  ${grid.join('\n  ')}
  ${clouds.join('\n  ')}
  ${rings.join('\n  ')}
  ${names.join('\n  ')}
  <text class="pp-strong" fill="#1d2130" x="${(FRAME.left + WIDTH - FRAME.right) / 2}" y="${HEIGHT - FRAME.bottom + 40}" text-anchor="middle">${across.title} (${across.unit})</text>
  <text class="pp-strong" fill="#1d2130" transform="translate(20 ${(FRAME.top + HEIGHT - FRAME.bottom) / 2}) rotate(-90)" text-anchor="middle">${up.title} (${up.unit})</text>
  ${legend.join('\n  ')}
</svg>
`;

writeFileSync('plot.svg', svg);
say(`Drew ${penguins.length} penguins of ${species.length} species into plot.svg.`);
if (model === undefined) say('The classifier did not run this time, so no wrong guesses are marked.');
else say(`Marked ${rings.length} penguins that the classifier named wrongly.`);
