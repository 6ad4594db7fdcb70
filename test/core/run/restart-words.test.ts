import { expect, test } from 'vitest';

import { runEntity } from '../../../src/core/ids.ts';
import { fromWords, type RestartFrom } from '../../../src/core/run/restart-from.ts';

const etl = { workflowId: 'etl', number: 7, attempt: 1 };
const inside = (path: string, from?: RestartFrom): RestartFrom => ({
  kind: 'STEP',
  step: 'each',
  within: { run: runEntity({ ...etl, path }), actor: 'ada', ...(from === undefined ? {} : { from }) },
});
const child: RestartFrom = { kind: 'STEP', step: 'load', within: { run: runEntity(etl), actor: 'ada' } };

test.each<readonly [RestartFrom | undefined, string]>([
  [undefined, ''],
  [{ kind: 'INCOMPLETE' }, ' from what was incomplete'],
  [{ kind: 'STEP', step: 'train' }, ' from train'],
  [inside('each[2]'), ' from each[2]'],
  [inside('each[2]', { kind: 'INCOMPLETE' }), ' from what was incomplete in each[2]'],
  [inside('each[2]', { kind: 'STEP', step: 'train' }), ' from train in each[2]'],
  [inside('each[2]', inside('each[2]/inner[0.2]')), ' from inner[0.2] in each[2]'],
  [child, ' from load (etl/7 from its beginning)'],
  [inside('each[2]', child), ' from load (etl/7 from its beginning) in each[2]'],
])('a restart says where it began: "%#"', (from, words) => {
  expect(fromWords(from)).toBe(words);
});
