// Puts the plot, the table and the test result on one page that anybody can open.
// In:  summarise/summary.json, plot/plot.svg and, if the classifier ran, classify/model.json.   Out: report.html.

import { writeFileSync } from 'node:fs';
import { escape, mark } from './shared/markup.mjs';
import { lookOf, MEASUREMENTS } from './shared/penguins.mjs';
import { readInput, readJsonInput, runId, say, setting } from './shared/step.mjs';

const summary = readJsonInput('summarise', 'summary.json');
const model = readJsonInput('classify', 'model.json');
const plot = readInput('plot', 'plot.svg');

const island = setting('ISLAND') === 'all' ? 'all islands' : setting('ISLAND');
const count = summary.reduce((sum, species) => sum + species.count, 0);
const percent = (share) => `${(share * 100).toFixed(1)} %`;

/** The shape of a species beside its name. Its colour in the dark comes from the plot's own style, by the class. */
const symbol = (species, index) =>
  `<svg class="symbol pp-species-${index}" fill="${lookOf(species).light}" viewBox="-8 -8 16 16" aria-hidden="true">${mark(lookOf(species).shape, 0, 0, 6)}</svg>`;

/** A table that scrolls by itself on a narrow screen, by finger or by key, below a sentence that says what it shows. */
const table = (id, words, content) => `<p id="${id}" class="soft">${words}</p>
    <div class="scroll" role="region" tabindex="0" aria-labelledby="${id}"><table aria-labelledby="${id}">
      ${content}
    </table></div>`;

const typical = table(
  'typical',
  'A typical penguin of each species: the average, ± the usual spread around it (one standard deviation).',
  `<thead><tr><th scope="col">Species</th><th scope="col" class="number">Penguins</th>${MEASUREMENTS.map(({ title, unit }) => `<th scope="col" class="number">${title} (${unit})</th>`).join('')}</tr></thead>
      <tbody>
        ${summary
          .map(({ species, count: ofSpecies, measurements }, index) => {
            const cells = MEASUREMENTS.map(({ column, digits }) => {
              const { mean, spread } = measurements[column];
              return `<td class="number">${mean.toFixed(digits)} <span class="soft">± ${spread.toFixed(digits)}</span></td>`;
            });
            return `<tr><th scope="row">${symbol(species, index)}${escape(species)}</th><td class="number">${ofSpecies}</td>${cells.join('')}</tr>`;
          })
          .join('\n        ')}
      </tbody>`,
);

/** What the test found: in one sentence, then in full. */
function testResult() {
  if (model === undefined) {
    return `<p>The classifier did not run: after cleaning, there were fewer penguins than the run's <code>cutoff</code>. The rest of this page does not need it.</p>`;
  }
  const right = model.testedOn - model.wrong.length;
  const rows = model.species.map((real, row) => {
    const cells = model.confusion[row].map((cell, column) => {
      const kind = row === column ? 'right' : cell > 0 ? 'wrong' : 'soft';
      return `<td class="number ${kind}">${cell}${kind === 'wrong' ? ' <span class="tag">wrong</span>' : ''}</td>`;
    });
    return `<tr><th scope="row">${symbol(real, row)}${escape(real)}</th>${cells.join('')}</tr>`;
  });
  return `<p>Shown only the bills of ${model.testedOn} penguins that it had never seen, the classifier named ${right} of them correctly.
      Always answering “${escape(model.habit)}” would have been right in ${percent(model.baseline)} of the cases.</p>
    ${table(
      'confusion',
      'Each row is what the penguins really were, each column what they were taken for.',
      `<thead><tr><th scope="col">Really</th>${model.species.map((name) => `<th scope="col" class="number">taken for ${escape(name)}</th>`).join('')}</tr></thead>
      <tbody>
        ${rows.join('\n        ')}
      </tbody>`,
    )}
    <details><summary>How it was done</summary>
      <p>${model.neighbours} nearest neighbours on ${model.features.map((name) => `<code>${escape(name)}</code>`).join(' and ')}, both scaled by their spread.
      Trained on ${model.trainedOn} penguins, tested on ${model.testedOn} others, split at random with seed ${model.seed}. The same data and
      the same seed give the same numbers on any machine. SHA-256 of the cleaned table: <code class="hash">${model.dataSha256}</code>.</p>
    </details>`;
}

const tiles = [
  [String(count), 'penguins'],
  [String(summary.length), 'species'],
  ...(model === undefined
    ? [['–', 'not tested']]
    : [
        [percent(model.accuracy), 'named correctly'],
        [percent(model.baseline), `always saying ${model.habit}`],
      ]),
];

const page = `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>Which penguin is it? ${escape(island)}</title>
  <style>
    :root { color-scheme: light dark; --paper: #f5f6f9; --card: #ffffff; --ink: #1d2130; --soft: #5a6072; --line: #e3e5ea; --good: #00665d; --bad: #a92a10; }
    @media (prefers-color-scheme: dark) {
      :root { --paper: #0d0f15; --card: #14171f; --ink: #eceef4; --soft: #a4abbd; --line: #2b303d; --good: #4fd6c6; --bad: #ff9d85; }
    }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
    main { max-width: 920px; margin: 0 auto; padding: 40px 20px 56px; }
    h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 4px; letter-spacing: -0.01em; }
    h2 { font-size: 1.2rem; margin: 0 0 8px; }
    p { margin: 0 0 12px; }
    .soft, footer { color: var(--soft); }
    .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 24px 0 16px; padding: 0; list-style: none; }
    .tiles li, section, figure { background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
    .tiles li { padding: 14px 18px; color: var(--soft); font-size: 0.95rem; }
    .tiles strong { display: block; font-size: 1.7rem; line-height: 1.25; color: var(--ink); font-variant-numeric: tabular-nums; }
    figure { margin: 0 0 16px; padding: 6px; }
    figure > svg { display: block; width: 100%; height: auto; }
    section { padding: 20px 22px; margin: 0 0 16px; }
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
    section p.soft { font-size: 0.92rem; margin: 0 0 6px; }
    th, td { text-align: left; padding: 8px 12px 8px 0; border-bottom: 1px solid var(--line); white-space: nowrap; }
    thead th { font-size: 0.86rem; font-weight: 600; color: var(--soft); }
    tbody tr:last-child > * { border-bottom: 0; }
    .number { text-align: right; padding: 8px 0 8px 14px; }
    .right { color: var(--good); font-weight: 650; }
    .wrong { color: var(--bad); font-weight: 650; }
    .tag { font-size: 0.76rem; font-weight: 400; }
    .symbol { width: 14px; height: 14px; margin-right: 8px; vertical-align: -2px; }
    details { margin-top: 14px; }
    summary { cursor: pointer; color: var(--soft); }
    details p { margin-top: 8px; }
    code { font-size: 0.9em; }
    .hash { overflow-wrap: anywhere; }
    footer { font-size: 0.88rem; }
    footer a { color: inherit; }
  </style>
</head>
<body>
<main>
  <h1>Which penguin is it?</h1>
  <p class="soft">${count} penguins from ${escape(island)}, told apart by their bills.</p>
  <ul class="tiles">
    ${tiles.map(([number, words]) => `<li><strong>${escape(number)}</strong>${escape(words)}</li>`).join('\n    ')}
  </ul>
  <figure>
${plot}  </figure>
  <section>
    <h2>What they look like</h2>
    ${typical}
  </section>
  <section>
    <h2>Can a computer tell them apart?</h2>
    ${testResult()}
  </section>
  <footer>
    <p>${runId() === '' ? '' : `Made by <code>${escape(runId())}</code>. `}Data: Gorman, Williams and Fraser (2014),
    <a href="https://doi.org/10.1371/journal.pone.0090081">doi:10.1371/journal.pone.0090081</a>; Horst, Hill and Gorman (2020),
    <a href="https://allisonhorst.github.io/palmerpenguins/">palmerpenguins</a>; CC0.</p>
  </footer>
</main>
</body>
</html>
`;

writeFileSync('report.html', page);
say(`The report is ready: report.html, one page with everything in it (${Math.round(page.length / 1024)} KB).`);
