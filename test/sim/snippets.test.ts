// What the breakages replace must stand in the sources. Checked apart from them, since it takes no time: whoever changes a line
// that a breakage replaces learns it from `npm run check`, and not from the simulation at its end.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { backfillsBreakages } from './backfills-breakages.ts';
import { editsIn } from './break-engine.ts';
import { breakages } from './breakages.ts';
import { controlFlowBreakages } from './control-flow-breakages.ts';
import { joinsBreakages } from './joins-breakages.ts';
import { keepingBreakages } from './keeping-breakages.ts';
import { permitsBreakages } from './permits-breakages.ts';
import { requestsBreakages } from './requests-breakages.ts';
import { waitsBreakages } from './waits-breakages.ts';

describe('every source still has, once, what a breakage replaces in it', () => {
  const all = [
    ...breakages,
    ...backfillsBreakages,
    ...controlFlowBreakages,
    ...joinsBreakages,
    ...keepingBreakages,
    ...permitsBreakages,
    ...requestsBreakages,
    ...waitsBreakages,
  ];

  test.each(all)('$name', async ({ edits }) => {
    for (const file of new Set(edits.map((edit) => edit.file))) {
      const source = await readFile(join('src', file), 'utf8');
      expect(editsIn(source, file, edits)).not.toBe(source);
    }
  });
});
