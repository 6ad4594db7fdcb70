// One workflow's flood must not hold up another: the lanes of a mailbox take turns.

import { expect, test } from 'vitest';
import { createNodeClock } from '../../src/adapters/node/clock.ts';
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
