// The steps of a workflow and those under `finally`: together, and with all that are inside loops, not too many.

import { type Definition } from '../model.ts';
import { type SourceNode } from '../source/node.ts';
import { type Fields } from './fields.ts';
import { type Spot, doubt, report } from './spot.ts';
import { readSteps } from './steps.ts';

const MOST_STEPS = 5000;

/** Reads `steps` and `finally`; an empty `finally` is none. */
export function readStepLists(workflow: Spot, fields: Fields): Pick<Definition, 'steps' | 'finally'> {
  const steps = fields.get('steps');
  const last = fields.get('finally');
  if (steps === undefined) {
    doubt(workflow.reading, ['steps']);
    report(workflow, 'no-steps', 'The workflow has no `steps`, and it needs at least one.', {
      hint: 'Add steps: [{ id: greet, run: "echo hello" }]',
    });
  }
  const lists = [steps, last].flatMap((spot) => spot ?? []);
  if (isTooMany(lists)) return { steps: [] };
  const final = last === undefined ? [] : readSteps(last);
  return { steps: steps === undefined ? [] : readSteps(steps), ...(final.length === 0 ? {} : { finally: final }) };
}

function isTooMany(lists: readonly Spot[]): boolean {
  const count = lists.reduce((sum, { node }) => sum + countSteps(node), 0);
  const [first] = lists;
  if (first === undefined || count <= MOST_STEPS) return false;
  const message = `The workflow has ${String(count)} steps, and ${String(MOST_STEPS)} are the most.`;
  report(first, 'too-many-steps', message, {
    hint: 'Split it into several, and let one run the others: workflow: other',
  });
  for (const { reading, path } of lists) doubt(reading, path);
  return true;
}

/** Those inside loops count too. How deep a text may be nested is bounded long before. */
function countSteps(list: SourceNode): number {
  if (list.kind !== 'list') return 0;
  return list.items.reduce((sum, item) => {
    const inner = item.kind === 'map' ? item.entries.get('steps') : undefined;
    return sum + 1 + (inner === undefined ? 0 : countSteps(inner.value));
  }, 0);
}
