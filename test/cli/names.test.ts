// Global ids as a person would say them.

import { expect, it } from 'vitest';
import { nameInWords } from '../../src/cli/server/global-id.ts';
import { createStage } from './stage.ts';

const stage = createStage();

it.each([
  ['run:penguins/12', 'the run penguins/12'],
  ['workflow:penguins', 'the workflow penguins'],
  ['trigger:penguins/nightly', 'the trigger nightly of penguins'],
  ['backfill:penguins/3', 'the backfill 3 of penguins'],
  ['step:penguins/12/each[2]/train', 'the step train of penguins/12/each[2]'],
])('%s is %s', (id, words) => {
  expect(nameInWords(id)).toBe(words);
});

it('what is released is named in words', async () => {
  const release = (): object => ({ node: { __typename: 'Trigger', id: 'trigger:penguins/nightly' }, errors: [] });
  expect(await stage.ask({ release }, 'release', 'penguins/nightly')).toBe(0);
  expect(stage.terminal.stdout()).toContain('✓ the trigger nightly of penguins takes part again');
});
