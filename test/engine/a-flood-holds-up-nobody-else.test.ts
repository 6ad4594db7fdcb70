// One workflow's flood must not hold up another: the lanes of a mailbox take turns, and what a flood lacks is loaded at once.

import { expect, test } from 'vitest';
import { createNodeClock } from '../../src/adapters/node/clock.ts';
import { nameOf, workflowEntity } from '../../src/core/ids.ts';
import { type Needs } from '../../src/core/partition/gathering.ts';
import { type Letter } from '../../src/engine/letter.ts';
import { createMailbox } from '../../src/engine/mailbox.ts';

function letter(workflowId: string, number: number): Letter {
  return {
    command: { id: `${workflowId}-${String(number)}`, actor: 'ada', body: { type: 'PauseTriggers', workflowId } },
    answer: () => undefined,
    fail: () => undefined,
  };
}

test('a letter of a quiet workflow is decided next, however many of another are waiting', async () => {
  const decided: string[] = [];
  await new Promise<void>((resolve) => {
    const mailbox = createMailbox(
      { clock: createNodeClock() },
      {
        decide: ({ command }) => {
          decided.push(command.id);
          if (decided.length === 1_001) resolve();
          return undefined;
        },
        foresee: () => undefined,
        load: () => Promise.resolve(),
        isBlocked: () => false,
        onPause: () => undefined,
      },
    );
    for (let number = 0; number < 1_000; number++) mailbox.post(letter('flood', number));
    mailbox.post(letter('quiet', 0));
  });
  expect(decided.slice(0, 3)).toEqual(['flood-0', 'quiet-0', 'flood-1']);
  expect(decided.at(-1)).toBe('flood-999');
});

test('a flood of letters about things that are not in memory does not cost a load each', async () => {
  const there = new Set<string>();
  const decided: string[] = [];
  let loads = 0;
  const lacking = ({ command }: Letter): Needs | undefined =>
    there.has(command.id) ? undefined : { entities: [workflowEntity(command.id)], definitions: [] };
  await new Promise<void>((resolve) => {
    const mailbox = createMailbox(
      { clock: createNodeClock() },
      {
        decide: (next) => {
          const needs = lacking(next);
          if (needs === undefined) decided.push(next.command.id);
          if (decided.length === 1_000) resolve();
          return needs;
        },
        foresee: lacking,
        load: ({ entities }) => {
          loads++;
          for (const id of entities) there.add(nameOf(id));
          return Promise.resolve();
        },
        isBlocked: () => false,
        onPause: () => undefined,
      },
    );
    for (let number = 0; number < 1_000; number++) mailbox.post(letter('flood', number));
  });
  expect(decided).toEqual(Array.from({ length: 1_000 }, (_, number) => `flood-${String(number)}`));
  expect(loads).toBeLessThanOrEqual(11);
});
