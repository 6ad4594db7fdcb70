// The work of a notebook step: the path of a notebook, and the packages that it needs.

import { type NotebookWork } from '../notebook-work.ts';
import { readWantedFile } from './file-path.ts';
import { readRequirements } from './requirements.ts';
import { readText } from './scalars.ts';
import { type Spot, keyOf, report } from './spot.ts';

/** Reads `notebook: report.ipynb`, with the `requirements` that stand beside it. */
export function readNotebook(spot: Spot, needed: Spot | undefined): NotebookWork | undefined {
  const requirements = needed === undefined ? [] : readRequirements(needed);
  const text = readText(spot)?.trim();
  if (text === undefined) return undefined;
  if (!text.endsWith('.ipynb')) {
    reportNoNotebook(spot, text);
    return undefined;
  }
  const file = readWantedFile(spot, text);
  if (file === undefined) return undefined;
  return { kind: 'notebook', program: { file }, ...(requirements.length === 0 ? {} : { requirements }) };
}

const LONGEST_SHOWN = 60;

function reportNoNotebook(spot: Spot, text: string): void {
  if (text === '') {
    report(spot, 'wrong-type', `${keyOf(spot)} is empty.`, { hint: 'Name a file: notebook: report.ipynb' });
    return;
  }
  const isPython = text.endsWith('.py') && !/\s/u.test(text);
  const shown = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
  report(spot, 'wrong-type', `\`notebook\` takes a file that ends in .ipynb, and "${shown}" does not.`, {
    hint: isPython ? `Did you mean python: ${text}?` : 'Name a file of this folder: notebook: report.ipynb',
    ...(isPython ? { suggestion: 'python' } : {}),
  });
}
